import type { DeliveryId } from "../../contract/delivery.ts";
import type { LiveStep } from "../../contract/live-step.ts";
import type { OpenRun } from "../../dialogs/route.ts";
import type { Input, StepEnd, Wake } from "../../dialogs/run.ts";
import { type Beginning, INSERT_RUN, type NewRun, valuesOf } from "./new-run.ts";
import { type ActiveRun, activeRun, deliveryIn } from "./run-rows.ts";
import { type Times, timesOf } from "./run-times.ts";
import { liveSteps, waitingRuns } from "./runs-open.ts";
import { first, type Sql, type Value } from "./sql.ts";
import { StepLog } from "./step-log.ts";

/** Most runs that may wait in one conversation, and as many that sleep; beyond it the oldest is closed. */
export const MOST_OPEN_RUNS = 100;

/** Most steps that may wait to be played: somebody who goes on and on while the main system is silent. */
const MOST_WAITING_STEPS = 100;

const NO_INPUT: Input = { kind: "none" };
const ITS_TIME: Input = { kind: "time" };

/** The open runs of one conversation. */
export class Runs {
  readonly #sql: Sql;
  /** Known by heart until a run changes: most of the time nothing is to be played, and that is asked over and over. */
  #times: Times | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Opens a run at its first step, to be played now. */
  open(run: NewRun, now: number): void {
    this.#insert(run, now, { dueAt: now });
  }

  /** Opens a run whose first step was played, and waits for an answer or sleeps. */
  openWaiting(run: NewRun, end: Extract<StepEnd, { kind: "waits" | "sleeps" }>, now: number): void {
    const prompt = end.kind === "waits" ? { prompt: end.prompt } : {};
    this.#insert({ ...run, data: end.data }, now, { dueAt: null, wake: end.wake, ...prompt });
  }

  #insert(run: NewRun, since: number, beginning: Beginning): void {
    this.#change(INSERT_RUN, ...valuesOf(run, since, beginning));
    this.#closeOldest();
  }

  /** Sends a waiting run to a step, with the answer that leads there. Its deadline stands until the answer is taken. */
  move(runId: string, step: string, input: Input, now: number): void {
    this.#change(
      `UPDATE runs SET step = ?, input = ?, moves = moves + 1, hops = 0, due_at = ?, holds = 1, tries = 0,
        log = NULL, active_since = ? WHERE run_id = ?`,
      step,
      JSON.stringify(input),
      now,
      now,
      runId,
    );
  }

  /** Takes over what a step came to, and forgets its log. */
  settle(runId: string, end: StepEnd, now: number): void {
    if (end.kind === "ended") this.close(runId);
    if (end.kind === "waits") this.#wait(runId, end.data, JSON.stringify(end.prompt), end.wake);
    if (end.kind === "sleeps") this.#wait(runId, end.data, null, end.wake);
    if (end.kind === "goes-on") this.#goOn(runId, end.step, end.data, now);
  }

  #wait(runId: string, data: string, prompt: string | null, wake: Wake | null): void {
    this.#change(
      `UPDATE runs SET prompt = ?, data = ?, due_at = NULL, holds = 0, has_left = 0, log = NULL, wake_at = ?,
        wake_step = ?, turn = (SELECT max(turn) + 1 FROM runs) WHERE run_id = ?`,
      prompt,
      data,
      wake?.at ?? null,
      wake?.step ?? null,
      runId,
    );
  }

  #goOn(runId: string, step: string, data: string, now: number): void {
    this.#change(
      `UPDATE runs SET step = ?, data = ?, prompt = NULL, hops = hops + 1, tries = 0, log = NULL, due_at = ?,
        active_since = ?, wake_at = NULL, wake_step = NULL, moves = moves + 1,
        input = CASE WHEN input ->> 'kind' = 'time' THEN input WHEN call_id IS NOT NULL AND moves = 1 THEN ? ELSE ? END
        WHERE run_id = ?`,
      step,
      data,
      now,
      now,
      // What nobody asked for stays so, however many steps it has.
      JSON.stringify(ITS_TIME),
      JSON.stringify(NO_INPUT),
      runId,
    );
  }

  /**
   * Sends the run that is to go on by itself first to its step: a sleep is over, or no answer came in time. Nobody waits
   * for that step.
   * @param onlyCritical whether only what is critical may be said now
   * @returns the run, or `null` where none is to
   */
  wake(now: number, onlyCritical: boolean): { readonly runId: string; readonly wasAsked: boolean } | null {
    const row = first(
      this.#sql.exec(
        `SELECT run_id, prompt FROM runs WHERE due_at IS NULL AND wake_at <= ? AND critical >= ?
          ORDER BY wake_at, turn LIMIT 1`,
        now,
        onlyCritical ? 1 : 0,
      ),
    );
    if (!row) return null;
    const runId = String(row.run_id);
    this.#change(
      `UPDATE runs SET step = wake_step, wake_at = NULL, wake_step = NULL, prompt = NULL, input = ?, moves = moves + 1,
        hops = 1, tries = 0, holds = 0, log = NULL, due_at = ?, active_since = ? WHERE run_id = ?`,
      JSON.stringify(ITS_TIME),
      now,
      now,
      runId,
    );
    return { runId, wasAsked: row.prompt !== null };
  }

  /**
   * Sends a run whose time has come, and of which nothing is done yet, back to sleep: it goes on when it may be said. It is
   * then the same playing as now, with the same keys for what it asks the main system; what it looked up may be other.
   */
  sleepOn({ runId, step }: ActiveRun, now: number): void {
    this.#change(
      "UPDATE runs SET due_at = NULL, wake_at = ?, wake_step = ?, log = NULL, moves = moves - 1 WHERE run_id = ?",
      now,
      step,
      runId,
    );
  }

  /** When the run was to go on that `wake` would take, or `null`; milliseconds since 1970. */
  wakeAt(now: number, onlyCritical: boolean): number | null {
    const row = first(
      this.#sql.exec(
        "SELECT min(wake_at) AS at FROM runs WHERE due_at IS NULL AND wake_at <= ? AND critical >= ?",
        now,
        onlyCritical ? 1 : 0,
      ),
    );
    return row?.at == null ? null : Number(row.at);
  }

  /** When the first run goes on by itself, of those that are critical or of the others; `null` where none does. */
  nextWake(critical: boolean): number | null {
    const { urgent, wake } = this.#look();
    return critical ? urgent : wake;
  }

  /** Whether a run is open. */
  has(runId: string): boolean {
    return this.#sql.exec("SELECT 1 AS one FROM runs WHERE run_id = ?", runId).length > 0;
  }

  /** Puts a step off until `dueAt`. */
  putOff(runId: string, dueAt: number, holds: boolean): void {
    this.#change(
      "UPDATE runs SET due_at = ?, holds = ?, tries = tries + 1 WHERE run_id = ?",
      dueAt,
      holds ? 1 : 0,
      runId,
    );
  }

  /**
   * Until when the last of the runs of this dialog that were begun before this one, and work on, waits to be tried again;
   * milliseconds since 1970, `null` where none does.
   */
  earlierUntil({ runId, alias }: ActiveRun): number | null {
    const row = first(
      this.#sql.exec(
        `SELECT max(due_at) AS at FROM runs WHERE alias = ? AND hops > 0
          AND turn < (SELECT turn FROM runs WHERE run_id = ?)`,
        alias,
        runId,
      ),
    );
    return row?.at == null ? null : Number(row.at);
  }

  /** Has a step wait in the background until `dueAt`; that is no try. */
  postpone({ runId }: ActiveRun, dueAt: number): void {
    this.#change("UPDATE runs SET due_at = ?, holds = 0 WHERE run_id = ?", dueAt, runId);
  }

  /** Closes a run wherever it is. */
  close(runId: string): void {
    this.#change("DELETE FROM runs WHERE run_id = ?", runId);
  }

  /** Closes the runs of a dialog that a person is in; those that only work on in the background stay. */
  closeDialog(alias: string): void {
    const rows = this.#sql.exec(
      "SELECT run_id FROM runs WHERE alias = ? AND (prompt IS NOT NULL OR (hops = 0 AND due_at IS NOT NULL)) AND (call_id IS NULL OR due_at IS NULL)",
      alias,
    );
    for (const row of rows) this.close(String(row.run_id));
  }

  /** Closes the runs of a dialog that have not begun to say anything, and wait for nobody. */
  closeUnsaid(alias: string): void {
    this.#change("DELETE FROM runs WHERE alias = ? AND prompt IS NULL AND log IS NULL", alias);
  }

  /** The person goes elsewhere, or signs out: what they type from now on answers none of the questions that are open. */
  leaveAll(): void {
    this.#sql.exec("UPDATE runs SET has_left = 1 WHERE prompt IS NOT NULL");
  }

  /** The next run whose step is due: those that a person waits for first, then the oldest. None in a chat that is held. */
  due(now: number): ActiveRun | null {
    const { next } = this.#look();
    if (next === null || next > now || this.#heldUntil(now) !== null) return null;
    const row = first(
      this.#sql.exec("SELECT * FROM runs WHERE due_at <= ? ORDER BY holds DESC, turn LIMIT 1", now),
    );
    return row && activeRun(row);
  }

  /** Whether a person waits for a step that can't be played yet: what they wrote after it has to wait too. */
  isHeld(): boolean {
    return this.#look().held !== null;
  }

  /** Whether so many steps wait for the main system, or the messenger, that no other is begun before one is through. */
  isFull(): boolean {
    return this.#look().waiting >= MOST_WAITING_STEPS;
  }

  /** When the next step is due, or `null`. */
  nextDue(now: number): number | null {
    return this.#heldUntil(now) ?? this.#look().next;
  }

  /** The runs that wait for an answer, the one that asked last first. */
  waiting(): readonly OpenRun[] {
    return waitingRuns(this.#sql);
  }

  /** The steps that the open runs would go on at: due ones, those whose time comes, and those that answers lead to. */
  liveSteps(): readonly LiveStep[] {
    return liveSteps(this.#sql);
  }

  /** The delivery that a run began with. */
  deliveryOf(runId: string): DeliveryId | null {
    const row = first(this.#sql.exec("SELECT call_id, seq FROM runs WHERE run_id = ?", runId));
    return row && deliveryIn(row);
  }

  /** The log of the step that a run is at. @throws BrokenData where what was kept of it can't be read */
  log({ runId, log }: ActiveRun): StepLog {
    return new StepLog(
      {
        write: (kept) => this.keepLog(runId, kept),
        undone: () => this.keepLog(runId, null),
      },
      log,
    );
  }

  /** Keeps the log of the step that a run is at. */
  keepLog(runId: string, log: string | null): void {
    this.#sql.exec("UPDATE runs SET log = ? WHERE run_id = ?", log, runId);
  }

  /** Until when the chat is held: no step is played before the last of those that hold it is due. `null` where none is. */
  #heldUntil(now: number): number | null {
    const { held } = this.#look();
    return held !== null && held > now ? held : null;
  }

  #look(): Times {
    this.#times ??= timesOf(this.#sql);
    return this.#times;
  }

  /** A statement that may change what is due. */
  #change(query: string, ...bindings: Value[]): void {
    this.#times = null;
    this.#sql.exec(query, ...bindings);
  }

  /** Those with a time of their own, and those without, are counted apart: neither must push the others out. */
  #closeOldest(): void {
    for (const kind of ["wake_at IS NULL", "wake_at IS NOT NULL"]) {
      this.#sql.exec(
        `DELETE FROM runs WHERE due_at IS NULL AND ${kind} AND turn <= (SELECT turn FROM runs
          WHERE due_at IS NULL AND ${kind} ORDER BY turn DESC LIMIT 1 OFFSET ?)`,
        MOST_OPEN_RUNS,
      );
    }
  }
}
