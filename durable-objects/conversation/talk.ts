import {
  type Delivery,
  type Handed,
  KEPT,
  ON_THE_WIRE,
  type RecordMessage,
} from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { Inbound } from "../../contract/inbound.ts";
import type { ChatAddress } from "../../contract/lead.ts";
import type { LiveStep } from "../../contract/live-step.ts";
import type { LeadNews } from "../../contract/person-change.ts";
import { dialogNamed } from "./beginnings.ts";
import { Clockwork } from "./clockwork.ts";
import type { KnownDelivery } from "./deliveries.ts";
import { Handover, type Watch } from "./handover.ts";
import type { Waiting } from "./inbox.ts";
import { learn, relearn } from "./learning.ts";
import { Listener } from "./listener.ts";
import { Player } from "./player.ts";
import type { TalkPorts } from "./ports.ts";
import { Review } from "./review.ts";
import { type Room, roomOf } from "./room.ts";
import type { ActiveRun } from "./run-rows.ts";
import type { Sql } from "./sql.ts";
import { hasDone } from "./step-log.ts";

/** Most turns at one go; what is left then goes on at once with the next alarm. */
const MOST_TURNS = 100;
/** An update that can't be handled (the database is out of reach) is tried again after this, doubled each time. */
const FIRST_STALL_MS = 1_000;
const LONGEST_STALL_MS = 60_000;
/** Telegram keeps updates that long; so do we before one that can't be handled is let go. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;
/** When to try again to tell the ledger. */
const RETELL_MS = 30_000;
/** How often the ledger is told that a lead is active. */
const STAMP_MS = 5 * 60 * 1000;

/** Nobody hurries it. */
const UNWATCHED: Watch = { isAwaited: () => true, begins: () => {} };

/**
 * One person's conversation in one messenger, whatever keeps its rows and wakes it. Its caller lets in one turn at a
 * time; only `take` may come in between.
 */
export class Talk {
  readonly #room: Room;
  readonly #listener: Listener;
  readonly #player: Player;
  readonly #handover: Handover;
  readonly #clockwork: Clockwork;
  readonly #review: Review;

  constructor(sql: Sql, ports: TalkPorts) {
    this.#room = roomOf(sql, ports);
    this.#listener = new Listener(this.#room);
    this.#player = new Player(this.#room);
    this.#handover = new Handover(this.#room, this.#player);
    this.#clockwork = new Clockwork(this.#room);
    this.#review = new Review(this.#room, this.#handover);
  }

  /** Stores an update: once this returns it is safe. One that was taken before is let go. */
  take(address: ChatAddress, update: Inbound): void {
    this.#room.memory.keepAddress(address);
    this.#room.inbox.take(update, this.#room.ports.now());
  }

  /** Takes a delivery over, and says what came of it so far. Handed over again, it goes on or does nothing. */
  async begin(delivery: Delivery, watch: Watch = UNWATCHED): Promise<Handed> {
    const { deliveries, kept, memory, runs, ports } = this.#room;
    memory.lend(delivery);
    // What the person waits for goes first.
    await this.#drain();
    if (kept.has(delivery)) return { outcome: { state: "deferred", reason: KEPT } };
    const known = deliveries.find(delivery);
    if (!known) {
      const handed = await this.#handover.take(delivery, watch);
      // Only what goes on to another step, or was put off, leaves something to do.
      if (handed.outcome.reason === ON_THE_WIRE) await this.#drain();
      return handed;
    }
    watch.begins();
    if (isCutShort(known) && !runs.has(known.runId)) {
      ports.log("delivery-recovered", { callId: delivery.callId, seq: delivery.seq, runId: known.runId });
      this.#handover.recover(delivery, known.runId);
      await this.#drain();
    }
    const { outcome } = deliveries.find(delivery) ?? known;
    if (watch.isAwaited()) deliveries.told(delivery, outcome.state);
    return { outcome };
  }

  /** Takes over what a call changed of the lead: from now on it is known here. */
  learn(news: LeadNews): Promise<void> {
    return learn(this.#room, news);
  }

  /** The steps at which something here would go on, each as often as it does. */
  liveSteps(): readonly LiveStep[] {
    const { runs, reminders, kept } = this.#room;
    const planned = [...reminders.aliases(), ...kept.aliases()];
    return [...runs.liveSteps(), ...planned.map((alias) => ({ alias, step: "start" }))];
  }

  /** Works off what is due: updates taken, steps unfinished, what was planned, outcomes untold, settings to be read again. */
  async work(): Promise<void> {
    await this.#readQuietHours();
    await this.#drain();
    await this.tell();
    const { memory, ports } = this.#room;
    await memory.refreshBot().catch((error: unknown) => ports.log("settings-not-read", errorFacts(error)));
    await this.#relearn().catch((error: unknown) => ports.log("lead-not-read", errorFacts(error)));
  }

  /** Tells the ledger what it does not know yet. What fails is told again at the next alarm. */
  async tell(): Promise<void> {
    const { deliveries, facts, memory, ports } = this.#room;
    const untold = deliveries.untold();
    const records: RecordMessage[] = untold.map(({ id, outcome, at }) => ({
      kind: "outcome",
      botId: memory.address().botId,
      ...id,
      outcome,
      at,
    }));
    const heardAt = this.#listener.heardAt;
    const lead = facts.get("lead");
    const stamp = heardAt !== null && lead !== null && heardAt - (facts.get("stampedAt") ?? 0) > STAMP_MS;
    if (stamp) records.push({ kind: "activity", leadId: lead.leadId, at: heardAt });
    try {
      if (records.length > 0) await ports.records.send(records);
      for (const { id, outcome } of untold) deliveries.told(id, outcome.state);
      if (stamp) facts.set("stampedAt", ports.now());
    } catch (error) {
      ports.log("records-not-sent", errorFacts(error));
    }
  }

  /** Before something is said by itself, the bot's quiet hours must be those of today, however long this slept. */
  async #readQuietHours(): Promise<void> {
    const { memory, ports } = this.#room;
    const next = this.#clockwork.nextDue();
    if (next === null || next > ports.now()) return;
    await memory.refreshBot().catch((error: unknown) => ports.log("settings-not-read", errorFacts(error)));
  }

  /** Asks now and then who is spoken with: after an answer, not on the way to it. */
  async #relearn(): Promise<void> {
    relearn(this.#room, await this.#room.memory.changedLead());
  }

  /** Waits until the taps that were heard are acknowledged; nothing else waits for that. */
  settled(): Promise<void> {
    return this.#listener.settled();
  }

  /** When to be woken next (milliseconds since 1970), or `null` where nothing is to be done. */
  nextDue(): number | null {
    const { runs, inbox, deliveries, facts, ports } = this.#room;
    const now = ports.now();
    const stalled = inbox.next() && !runs.isHeld() ? now + stallMs(facts.get("stalls") ?? 0) : null;
    const untold = deliveries.untold().length > 0 ? now + RETELL_MS : null;
    const timed = runs.isHeld() ? null : this.#clockwork.nextDue();
    const shown = runs.isHeld() ? null : this.#review.nextDue();
    const times = [runs.nextDue(now), stalled, untold, timed, shown].filter((time) => time !== null);
    return times.length > 0 ? Math.min(...times) : null;
  }

  async #drain(): Promise<void> {
    let isHearing = true;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const done = await this.#turn(isHearing);
      if (done === "nothing") break;
      // The next update has to wait, and with it those after it; what is due otherwise has not.
      if (done === "stalled") isHearing = false;
    }
  }

  /** Does the next thing there is to do: what a person waits for, then what they did, then what comes by itself. */
  async #turn(isHearing: boolean): Promise<"something" | "stalled" | "nothing"> {
    const { runs, inbox, ports } = this.#room;
    const run = runs.due(ports.now());
    const next = isHearing && !run?.holds && !runs.isHeld() ? inbox.next() : null;
    if (next) return (await this.#hear(next)) ? "something" : "stalled";
    if (run) {
      await this.#goOn(run);
      return "something";
    }
    if (runs.isHeld()) return "nothing";
    return this.#clockwork.strike() || (await this.#review.show()) ? "something" : "nothing";
  }

  /** Plays the step that a run is at, unless it has to wait: for those before it, or for the end of a quiet. */
  async #goOn(run: ActiveRun): Promise<void> {
    const { runs, ports } = this.#room;
    const isInOrder = run.hops > 0 && dialogNamed(this.#room, run.alias)?.inOrder === true;
    const earlier = isInOrder ? runs.earlierUntil(run) : null;
    if (earlier !== null) return runs.postpone(run, earlier);
    if (isUnasked(run) && this.#clockwork.isStill() && !hasDone(run.log))
      return runs.sleepOn(run, ports.now());
    await this.#player.play(run);
  }

  async #hear({ updateId, update, takenAt }: Waiting): Promise<boolean> {
    const { facts, ports } = this.#room;
    if (!update) return this.#letGo(updateId, { code: "unknown-shape" });
    try {
      await this.#listener.hear(update);
      if (facts.get("stalls")) facts.set("stalls", 0);
      return true;
    } catch (error) {
      ports.log("update-stalled", { updateId, ...errorFacts(error) });
      facts.set("stalls", (facts.get("stalls") ?? 0) + 1);
      return ports.now() - takenAt < PATIENCE_MS ? false : this.#letGo(updateId, errorFacts(error));
    }
  }

  /** Lets an update go that can't be handled: whatever comes after it must not wait for ever. */
  #letGo(updateId: number, facts: Readonly<Record<string, string>>): true {
    this.#room.ports.log("update-dropped", { updateId, ...facts });
    this.#room.inbox.done(updateId);
    return true;
  }
}

/** Whether a run goes on by itself, and is not critical. */
function isUnasked({ critical, input }: ActiveRun): boolean {
  return !critical && input.kind === "time" && !input.isAskedFor;
}

/** Whether a delivery's first message was about to leave when something cut it short. */
function isCutShort({ outcome }: KnownDelivery): boolean {
  return outcome.reason === ON_THE_WIRE;
}

function stallMs(stalls: number): number {
  return Math.min(FIRST_STALL_MS * 2 ** Math.min(stalls, 10), LONGEST_STALL_MS);
}
