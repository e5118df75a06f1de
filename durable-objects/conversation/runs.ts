import type { DeliveryId } from "../../contract/delivery.ts";
import type { OpenRun } from "../../dialogs/route.ts";
import { Input, Prompt, type Run, type StepEnd } from "../../dialogs/run.ts";
import { first, type Sql, type Value } from "./sql.ts";
import { StepLog } from "./step-log.ts";

/** Most runs that may be open in one conversation; beyond it the oldest that waits is closed. */
export const MOST_OPEN_RUNS = 100;

/** A delivery and the user whom it is for; `null` is whoever is in the chat. */
type DeliveryFor = DeliveryId & { readonly userId: string | null };

/** A run whose step is to be played, with what its conversation keeps of it. */
export interface ActiveRun extends Run {
  /** Whether a person waits for this step, or the messenger takes nothing before it. */
  readonly holds: boolean;
  /** How often this step failed so far. */
  readonly tries: number;
  /** When this step was first to be played. */
  readonly activeSince: number;
  /** Steps in a row without waiting for anybody. */
  readonly hops: number;
  /** The log of an earlier playing of this step, as `StepLog` reads it. */
  readonly log: string | null;
  /** The delivery that it began with. */
  readonly delivery: DeliveryFor | null;
}

/** What a new run begins with. */
export interface NewRun {
  readonly runId: string;
  readonly alias: string;
  readonly data: string;
  /** Whether the person waits for it: updates after theirs are then not handled before it is through. */
  readonly holds: boolean;
  readonly delivery?: DeliveryFor;
}

/** What the steps that are to be played come to; milliseconds since 1970, `null` where there are none. */
interface Times {
  /** When the first of them is due. */
  readonly next: number | null;
  /** When the last of those is due that hold the chat. */
  readonly held: number | null;
}

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
    this.#insert(run, { dueAt: now, since: now, prompt: null });
  }

  /** Opens a run whose first step was played, and waits for an answer. */
  openWaiting(run: NewRun, prompt: Prompt, now: number): void {
    this.#insert(run, { dueAt: null, since: now, prompt });
  }

  #insert(
    run: NewRun,
    { dueAt, since, prompt }: { dueAt: number | null; since: number; prompt: Prompt | null },
  ): void {
    this.#change(
      `INSERT INTO runs (run_id, alias, step, data, moves, hops, input, prompt, due_at, holds, tries, active_since,
        has_left, turn, call_id, seq, user_id)
       VALUES (?, ?, 'start', ?, 1, 0, ?, ?, ?, ?, 0, ?, 0, (SELECT coalesce(max(turn), 0) + 1 FROM runs), ?, ?, ?)`,
      run.runId,
      run.alias,
      run.data,
      JSON.stringify({ kind: "none" } satisfies Input),
      prompt && JSON.stringify(prompt),
      dueAt,
      run.holds ? 1 : 0,
      since,
      run.delivery?.callId ?? null,
      run.delivery?.seq ?? null,
      run.delivery?.userId ?? null,
    );
    this.#closeOldest();
  }

  /** Sends a waiting run to a step, with the answer that leads there. */
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
    if (end.kind === "ended") this.#change("DELETE FROM runs WHERE run_id = ?", runId);
    if (end.kind === "waits") {
      this.#change(
        `UPDATE runs SET prompt = ?, data = ?, due_at = NULL, holds = 0, has_left = 0, log = NULL,
          turn = (SELECT max(turn) + 1 FROM runs) WHERE run_id = ?`,
        JSON.stringify(end.prompt),
        end.data,
        runId,
      );
    }
    if (end.kind === "goes-on") {
      this.#change(
        `UPDATE runs SET step = ?, data = ?, input = ?, prompt = NULL, moves = moves + 1, hops = hops + 1, tries = 0,
          log = NULL, due_at = ?, active_since = ? WHERE run_id = ?`,
        end.step,
        end.data,
        JSON.stringify({ kind: "none" } satisfies Input),
        now,
        now,
        runId,
      );
    }
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

  /** Closes a run wherever it is. */
  close(runId: string): void {
    this.#change("DELETE FROM runs WHERE run_id = ?", runId);
  }

  /** Closes the runs of a dialog that a person is in; those that only work on in the background stay. */
  closeDialog(alias: string): void {
    const rows = this.#sql.exec(
      "SELECT run_id FROM runs WHERE alias = ? AND (prompt IS NOT NULL OR hops = 0)",
      alias,
    );
    for (const row of rows) this.close(String(row.run_id));
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

  /** When the next step is due, or `null`. */
  nextDue(now: number): number | null {
    return this.#heldUntil(now) ?? this.#look().next;
  }

  /** The runs that wait for an answer, the one that asked last first. */
  waiting(): readonly OpenRun[] {
    return this.#sql
      .exec("SELECT run_id, prompt, has_left, due_at FROM runs WHERE prompt IS NOT NULL ORDER BY turn DESC")
      .flatMap((row) => {
        const prompt = promptIn(row);
        return prompt
          ? [{ runId: String(row.run_id), prompt, left: row.has_left === 1, busy: row.due_at !== null }]
          : [];
      });
  }

  /** The delivery that a run began with. */
  deliveryOf(runId: string): DeliveryId | null {
    const row = first(this.#sql.exec("SELECT call_id, seq FROM runs WHERE run_id = ?", runId));
    return row && deliveryId(row);
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
    this.#times ??= timesIn(
      first(
        this.#sql.exec("SELECT min(due_at) AS next, max(iif(holds = 1, due_at, NULL)) AS held FROM runs"),
      ),
    );
    return this.#times;
  }

  /** A statement that may change what is due. */
  #change(query: string, ...bindings: Value[]): void {
    this.#times = null;
    this.#sql.exec(query, ...bindings);
  }

  #closeOldest(): void {
    this.#sql.exec(
      `DELETE FROM runs WHERE due_at IS NULL AND turn <= (SELECT turn FROM runs ORDER BY turn DESC
        LIMIT 1 OFFSET ?)`,
      MOST_OPEN_RUNS,
    );
  }
}

function timesIn(row: Record<string, Value> | null): Times {
  return {
    next: row?.next == null ? null : Number(row.next),
    held: row?.held == null ? null : Number(row.held),
  };
}

function activeRun(row: Record<string, Value>): ActiveRun {
  const delivery = deliveryId(row);
  return {
    runId: String(row.run_id),
    alias: String(row.alias),
    step: String(row.step),
    data: String(row.data),
    moves: Number(row.moves),
    hops: Number(row.hops),
    holds: row.holds === 1,
    tries: Number(row.tries),
    log: row.log === null ? null : String(row.log),
    activeSince: Number(row.active_since),
    // A shape that today's code does not read is no answer; it must not stop the conversation.
    input: Input.safeParse(JSON.parse(String(row.input))).data ?? { kind: "other" },
    prompt: promptIn(row),
    delivery: delivery && { ...delivery, userId: row.user_id === null ? null : String(row.user_id) },
  };
}

function promptIn(row: Record<string, Value>): Prompt | null {
  return row.prompt == null ? null : (Prompt.safeParse(JSON.parse(String(row.prompt))).data ?? null);
}

function deliveryId(row: Record<string, Value>): DeliveryId | null {
  return row.call_id == null ? null : { callId: String(row.call_id), seq: Number(row.seq) };
}
