import { ChannelPaced } from "../../contract/channel-errors.ts";
import { type Delivery, type Handed, KEPT, ON_THE_WIRE, type Outcome } from "../../contract/delivery.ts";
import { sha256 } from "../../contract/digest.ts";
import type { Input, StepEnd } from "../../dialogs/run.ts";
import { dataOf, playStep } from "../../dialogs/step.ts";
import { closeStep, dialogNamed } from "./beginnings.ts";
import { dayIn } from "./day.ts";
import { DeliveryPaper } from "./delivery-paper.ts";
import { afterFailure } from "./failure.ts";
import { relearn } from "./learning.ts";
import { outcomeOf, type Player, withCause } from "./player.ts";
import type { Room } from "./room.ts";
import type { ActiveRun } from "./run-rows.ts";
import { silentUntil } from "./silence.ts";
import { ONE_BEGUN, StepLog } from "./step-log.ts";

/** When to ask again for a chat in which nothing can be sent right now, and no time is known. */
const HELD_MS = 5_000;

/** How far apart those are tried again who wait for one chat: it takes about one message a second. */
const STEP_MS = 1_000;

/** The chat takes nothing now, or others come first. */
const CHAT_HELD = "chat-held";

/** Why a delivery waits for its chat. */
const CHAT_WAITS: readonly string[] = [CHAT_HELD, "channel-busy", "channel-paced"];

/** The outcome of a delivery of which something has left, and that is not through. */
const onTheWire: Outcome = { state: "deferred", reason: ON_THE_WIRE };

/** The outcome of a delivery that waits for the end of a silence. */
const kept: Outcome = { state: "deferred", reason: KEPT };

/** Whoever handed a delivery over. */
export interface Watch {
  /** Whether they still wait for what comes of it; if not, the ledger is to be told otherwise. */
  isAwaited(): boolean;
  /** From now on something of it may leave. */
  begins(): void;
  /** Whether the person asked for it: their wish for quiet, and the day's limit, then do not stand in its way. */
  readonly isAskedFor?: boolean;
}

/** A first step that was begun. */
interface Begun {
  readonly log: StepLog;
  readonly paper: DeliveryPaper;
  readonly watch: Watch;
}

/**
 * Takes deliveries over from their broadcast. A delivery is the broadcast's until something of its message has left:
 * one that fails before that leaves no trace here, and comes again. From then on it is this conversation's.
 */
export class Handover {
  readonly #room: Room;
  readonly #player: Player;

  constructor(room: Room, player: Player) {
    this.#room = room;
    this.#player = player;
  }

  /**
   * Begins a delivery that nothing has left of yet. Where its lease is over, or nobody waits for it, it is not begun; nor
   * before those that came to this chat earlier and have to wait, unless it is critical or was asked for.
   */
  async take(delivery: Delivery, watch: Watch): Promise<Handed> {
    const { line, ports } = this.#room;
    const now = ports.now();
    // Whoever is not waited for any more was taken for somebody else's already.
    if (now > delivery.until || !watch.isAwaited()) return notYet("too-late", now);
    if (delivery.critical || watch.isAskedFor) return this.#takeNow(delivery, watch, now);
    const turn = line.turnOf(delivery, STEP_MS, now);
    const handed = turn === null ? await this.#takeNow(delivery, watch, now) : notYet(CHAT_HELD, turn);
    if (handed.again !== undefined && CHAT_WAITS.includes(handed.outcome.reason ?? ""))
      line.keepPlace(delivery, handed.again);
    else line.leave(delivery);
    return handed;
  }

  async #takeNow(delivery: Delivery, watch: Watch, now: number): Promise<Handed> {
    const { runs } = this.#room;
    watch.begins();
    if (runs.isHeld() || runs.isFull()) return notYet(CHAT_HELD, runs.nextDue(now) ?? now + HELD_MS);
    // A call that changed a user may have died before it said so.
    if (dialogNamed(this.#room, delivery.alias)?.change) await this.#readLead();
    if (!(await this.#room.memory.isFor(delivery.userId)))
      return { outcome: { state: "unlinked", reason: "signed-out" } };
    try {
      this.#forgetReminders(delivery);
    } catch (error) {
      return this.#givenBack(delivery, firstStep(delivery, await runIdOf(delivery)), error);
    }
    const isUnasked = !delivery.critical && !watch.isAskedFor;
    if (isUnasked && (await this.#isSilentFor(delivery, now))) return this.#keep(delivery, now);
    if (isUnasked && this.#hasHadEnough(delivery, now))
      return { outcome: { state: "cancelled", reason: "daily-limit" } };
    return this.#begin(delivery, watch);
  }

  /** Goes on with a delivery that a crash cut short: its first message may have left, or not. */
  recover(delivery: Delivery, runId: string, isAskedFor = false): void {
    const { runs, ports, sql, memory } = this.#room;
    sql.transaction(() => {
      memory.keepAddress();
      runs.open(newRun(delivery, runId, isAskedFor), ports.now());
      runs.keepLog(runId, ONE_BEGUN);
    });
  }

  async #readLead(): Promise<void> {
    const { memory, ports } = this.#room;
    relearn(this.#room, await ports.directory.findLead(memory.address()));
  }

  /** Whether the person wants quiet, or an operator speaks with them whom this delivery is not part of. */
  async #isSilentFor({ alias }: Delivery, now: number): Promise<boolean> {
    const lead = await this.#room.memory.lead();
    const isOperators = dialogNamed(this.#room, alias)?.evenWithOperator === true;
    return silentUntil(isOperators ? { ...lead, withOperator: false } : lead, now) !== null;
  }

  /** Keeps a delivery for the time when the person comes back. */
  #keep(delivery: Delivery, now: number): Handed {
    const { sql, memory, deliveries } = this.#room;
    sql.transaction(() => {
      memory.keepAddress();
      const gone = this.#room.kept.add({ ...delivery, at: now });
      if (gone) deliveries.settle(gone, { state: "expired", reason: "too-many-kept" }, now);
    });
    return { outcome: kept };
  }

  /** What has happened makes some reminders needless, whenever the person is told of it. */
  #forgetReminders({ alias, data }: Delivery): void {
    const dialog = dialogNamed(this.#room, alias);
    if (!dialog?.forgets) return;
    for (const key of dialog.forgets(dataOf(dialog, data))) this.#room.reminders.forget(key);
  }

  async #begin(delivery: Delivery, watch: Watch): Promise<Handed> {
    const { sql, deliveries, ports } = this.#room;
    const run = firstStep(delivery, await runIdOf(delivery));
    const paper = new DeliveryPaper(this.#room, delivery, newRun(delivery, run.runId, watch.isAskedFor));
    const log = new StepLog(paper);
    try {
      const dialog = this.#player.dialog(run);
      const end = await playStep(dialog, run, await this.#player.reach(run, watch.isAskedFor ? 0 : 1), log);
      return this.#settle(delivery, run, { end, log, paper, watch });
    } catch (error) {
      if (!log.isBegun) return this.#givenBack(delivery, run, error);
      sql.transaction(() => paper.keep(log.text));
      await this.#player.failed({ ...run, tries: 0, activeSince: ports.now() }, error);
      return { outcome: deliveries.find(delivery)?.outcome ?? onTheWire };
    }
  }

  #settle(
    delivery: Delivery,
    run: ActiveRun,
    { end, log, paper, watch }: Begun & { readonly end: StepEnd },
  ): Handed {
    const { sql, runs, deliveries, memory, ports } = this.#room;
    const now = ports.now();
    const outcome = end.kind === "goes-on" && !end.notes.uncertain ? onTheWire : outcomeOf(end, run);
    // What most deliveries come to is one statement: a transaction around it would cost more than itself.
    const isOneStatement = end.kind === "ended" && paper.isOpen && !paper.hasRun && end.closings.length === 0;
    const together = (work: () => void) => (isOneStatement ? work() : sql.transaction(work));
    together(() => {
      paper.open();
      if (end.kind === "goes-on") paper.keep(log.text);
      if (paper.hasRun) runs.settle(run.runId, end, now);
      else if (end.kind === "waits" || end.kind === "sleeps") {
        memory.keepAddress();
        runs.openWaiting(newRun(delivery, run.runId, watch.isAskedFor), end, now);
      }
      if (end.closings.length > 0) memory.keepAddress();
      closeStep(this.#room, end.closings, run);
      if (outcome !== onTheWire) deliveries.note(delivery, outcome, now, watch.isAwaited());
    });
    const isCounted = !delivery.critical && !watch.isAskedFor && end.notes.said;
    if (isCounted && delivery.bot.perPersonDaily !== null) this.#count(delivery, now);
    return { outcome };
  }

  /** Nothing has left: the delivery is its broadcast's again, or given up. */
  async #givenBack(delivery: Delivery, run: ActiveRun, error: unknown): Promise<Handed> {
    const now = this.#room.ports.now();
    const next = afterFailure(error, { tries: delivery.attempt, since: delivery.since, now });
    this.#player.log(run, error, next.kind);
    await this.#player.markLead(error);
    if (next.kind === "give-up") return { outcome: withCause(next.outcome, error) };
    return { ...notYet(next.reason, next.at), isFailure: !(error instanceof ChannelPaced) };
  }

  /** Whether this person was told as much today as the bot's settings allow for what is not critical. */
  #hasHadEnough({ bot }: Delivery, now: number): boolean {
    if (bot.perPersonDaily === null) return false;
    const told = this.#room.facts.get("told");
    return told?.day === dayIn(bot.timeZone, now) && told.count >= bot.perPersonDaily;
  }

  #count({ bot }: Delivery, now: number): void {
    const { facts } = this.#room;
    const day = dayIn(bot.timeZone, now);
    const told = facts.get("told");
    facts.set("told", { day, count: told?.day === day ? told.count + 1 : 1 });
  }
}

/**
 * The id of the run that a delivery begins: the same at every try, and with it the keys of what its first step asks the
 * main system to do once. Ten signs, since it stands in the buttons.
 */
async function runIdOf({ callId, seq }: Delivery): Promise<string> {
  return (await sha256(`${callId}/${seq}`)).slice(0, 10);
}

function newRun({ alias, data, critical, callId, seq, userId }: Delivery, runId: string, isAskedFor = false) {
  const input: Input = isAskedFor ? { kind: "time", isAskedFor } : { kind: "none" };
  return { runId, alias, data, holds: false, critical, input, delivery: { callId, seq, userId } };
}

function firstStep(delivery: Delivery, runId: string): ActiveRun {
  return {
    ...newRun(delivery, runId),
    step: "start",
    moves: 1,
    hops: 0,
    log: null,
    tries: delivery.attempt,
    activeSince: delivery.since,
    prompt: null,
    wake: null,
  };
}

function notYet(reason: string, again: number): Handed {
  return { outcome: { state: "deferred", reason }, again };
}
