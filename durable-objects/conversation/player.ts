import { CHANNEL_TROUBLES, ChannelBusy, ChannelError, ChannelPaced } from "../../contract/channel-errors.ts";
import type { Outcome } from "../../contract/delivery.ts";
import { BrokenData, errorFacts, Outdated, SystemUnavailable } from "../../contract/errors.ts";
import type { OutMessage } from "../../contract/message.ts";
import type { Channel, Sent } from "../../contract/ports.ts";
import type { Refusal } from "../../contract/refusal.ts";
import type { Words } from "../../contract/words.ts";
import type { KeptKind } from "../../dialogs/chat.ts";
import type { AnyDialog, Occasion } from "../../dialogs/communication.ts";
import type { Reach, StepCall } from "../../dialogs/reach.ts";
import type { StepEnd } from "../../dialogs/run.ts";
import { saidIn } from "../../dialogs/sender.ts";
import { playStep } from "../../dialogs/step.ts";
import { type TraitChange, traitsAfter } from "../../dialogs/traits.ts";
import { words } from "../../dialogs/words.ts";
import { beginHere, closeStep, dialogNamed, stopShowing } from "./beginnings.ts";
import { underWay } from "./deliveries.ts";
import { afterFailure } from "./failure.ts";
import { linksOf } from "./links-of.ts";
import type { Room } from "./room.ts";
import type { ActiveRun } from "./run-rows.ts";

/** Most steps in a row that wait for nobody: more is a dialog that runs in a circle. */
const MOST_HOPS = 50;

/** What is said about a failure: nothing more is said where that fails. */
const SAID: readonly Occasion[] = ["later", "sorry", "changed", "busy"];

/** Characters kept of what caused a failure. */
const LONGEST_CAUSE = 500;

/** Plays the steps of runs, and takes over what they came to. */
export class Player {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Plays the step that a run is at. Never throws: a step that fails is put off, or its run given up. */
  async play(run: ActiveRun): Promise<void> {
    try {
      if (await this.#isForSomebodyElse(run)) return this.#withdraw(run);
      this.#settle(run, await this.#playStep(run));
    } catch (error) {
      await this.failed(run, error);
    }
  }

  async #playStep(run: ActiveRun): Promise<StepEnd> {
    const log = this.#room.runs.log(run);
    try {
      return await playStep(this.dialog(run), run, await this.reach(run), log);
    } catch (error) {
      // What was done is not done again when the step is played again.
      if (log.isBegun) this.#room.runs.keepLog(run.runId, log.text);
      throw error;
    }
  }

  /** The dialog of a run. @throws Outdated where it is gone, BrokenData where it runs in a circle */
  dialog(run: ActiveRun): AnyDialog {
    if (run.hops > MOST_HOPS) throw new BrokenData(`${run.alias} runs in a circle`);
    const dialog = dialogNamed(this.#room, run.alias);
    if (!dialog) throw new Outdated(`There is no dialog ${run.alias} any more`);
    return dialog;
  }

  /** What the steps of a run reach. @param slots messages for which the right to send was taken already */
  async reach(run: ActiveRun, slots = 0): Promise<Reach> {
    const { memory, ports } = this.#room;
    const [lead, { profile, channel, system }] = await Promise.all([memory.lead(), memory.bot()]);
    let taken = slots;
    // A step may make several changes at once: each is made on what the one before left.
    let lastChange = Promise.resolve();
    return {
      lead,
      siteUrl: profile.siteUrl,
      commands: ports.dialogs(profile.botId).commands,
      timeZone: profile.timeZone,
      kept: this.#keptKinds(),
      now: () => ports.now(),
      channel,
      system,
      permit: () => {
        taken -= 1;
        return this.#permit(channel, taken >= 0);
      },
      send: (piece) => this.#send(channel, piece),
      signIn: async (user) => {
        const { person, barred } = await ports.directory.signIn(lead.leadId, profile.botId, user);
        return memory.keep({ ...(await memory.lead()), person, barred });
      },
      signOut: async ({ personId }) => {
        const unlinked = await ports.directory.signOut(lead.leadId, personId);
        memory.keep({ ...(await memory.lead()), person: null });
        this.#room.runs.leaveAll();
        return unlinked;
      },
      changeTraits: (change) => {
        lastChange = lastChange.then(() => this.#changeTraits(lead.leadId, change));
        return lastChange;
      },
      links: linksOf(ports.links, { botId: profile.botId, leadId: lead.leadId }, profile),
      hasSms: profile.sms !== null,
      call: (call, once) => this.#call(call, once),
      onceKey: `${profile.botId}/${lead.leadId}/${run.runId}`,
    };
  }

  async #changeTraits(leadId: number, change: TraitChange): Promise<void> {
    const { memory, ports } = this.#room;
    const before = await memory.lead();
    const traits = traitsAfter(change, before, ports.now());
    await ports.directory.setTraits(leadId, traits);
    if (change.kind === "pause" || change.kind === "operator") stopShowing(this.#room);
    memory.keep({ ...before, ...traits });
  }

  /** Makes a call of this bot, under an id that the step's key gives it. */
  #call(call: StepCall, once: string): Promise<Refusal | null> {
    const { ports, memory } = this.#room;
    return ports.calls.start({ ...call, botId: memory.address().botId, callId: uuidOf(once) });
  }

  /** What was kept for whoever is here, by what its dialogs call it. */
  #keptKinds(): readonly KeptKind[] {
    const counts = new Map<Words<string>, number>();
    const userId = this.#room.memory.knownLead()?.person?.userId ?? null;
    for (const [alias, count] of this.#room.kept.counts(userId)) {
      const kind = dialogNamed(this.#room, alias)?.kind ?? words.otherKind;
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    }
    return [...counts].map(([kind, count]) => ({ kind, count }));
  }

  /** Whether what a call tells, now or after a sleep, is for a user who is no longer signed in here. */
  async #isForSomebodyElse({ delivery, moves, input }: ActiveRun): Promise<boolean> {
    const isUnasked = moves === 1 || input.kind === "time";
    return delivery !== null && isUnasked && !(await this.#room.memory.isFor(delivery.userId));
  }

  #withdraw(run: ActiveRun): void {
    // Where some of it was said already, or may have been, that much is true.
    const state = saidIn(this.#room.runs.log(run).results) ?? "unlinked";
    this.#room.sql.transaction(() => {
      this.#room.runs.close(run.runId);
      this.#note(run, { state, reason: "signed-out" });
    });
  }

  #settle(run: ActiveRun, end: StepEnd): void {
    const { sql, runs, ports } = this.#room;
    const now = ports.now();
    sql.transaction(() => {
      runs.settle(run.runId, end, now);
      closeStep(this.#room, end.closings, run);
      if (end.kind !== "goes-on" || end.notes.uncertain) this.#note(run, outcomeOf(end, run));
    });
    // What a dialog answers is in no ledger: that it may be lost is told here alone.
    if (end.notes.uncertain && !isDelivered(run)) ports.log("message-uncertain", about(run));
  }

  /** Puts a step off that failed, or gives its run up. */
  async failed(run: ActiveRun, error: unknown): Promise<void> {
    const { sql, runs, ports } = this.#room;
    const now = ports.now();
    const next = afterFailure(error, { tries: run.tries, since: run.activeSince, now });
    this.log(run, error, next.kind);
    await this.markLead(error);
    sql.transaction(() => {
      if (next.kind === "retry") {
        runs.putOff(run.runId, next.at, next.holdsChat);
        if (error instanceof SystemUnavailable && run.tries === 0 && isAwaited(run)) this.#say("later", run);
      } else {
        runs.close(run.runId);
        this.#note(run, withCause(next.outcome, error));
        if (next.tell && (isAwaited(run) || !(error instanceof SystemUnavailable)))
          this.#say(error instanceof Outdated ? "changed" : "sorry", run);
      }
    });
  }

  /** Has something said about a failure, unless that is what failed, or nobody is in a dialog yet. */
  #say(on: Occasion, failed: ActiveRun): void {
    const { ports, memory } = this.#room;
    if (isDelivered(failed) || SAID.some((name) => failed.alias === `~${name}`)) return;
    beginHere(this.#room, ports.dialogs(memory.address().botId).occasion(on), { holds: false });
  }

  /** Notes what became of the delivery that a run began with, while that is still open. */
  #note({ delivery }: ActiveRun, outcome: Outcome): void {
    if (!delivery) return;
    const { deliveries, ports } = this.#room;
    const known = deliveries.find(delivery);
    if (known && underWay(known.outcome)) deliveries.note(delivery, outcome, ports.now());
  }

  /** Marks the lead as one who can't be written to, where the error says so. */
  async markLead(error: unknown): Promise<void> {
    const status = error instanceof ChannelError ? CHANNEL_TROUBLES[error.code].lead : "stays";
    if (status === "stays") return;
    const { facts, memory, ports } = this.#room;
    try {
      const { leadId } = await memory.lead();
      await ports.directory.setStatus(leadId, status);
      facts.set("blocked", true);
    } catch (cause) {
      // The next message to this person finds it out again.
      ports.log("blocked-not-marked", errorFacts(cause));
    }
  }

  /** Takes the right to send one message now, to this chat and as this bot. @throws ChannelPaced where that is not yet */
  async #permit({ chatLimit }: Channel, isTaken: boolean): Promise<void> {
    const { facts, memory, ports, chatPace } = this.#room;
    const now = ports.now();
    const held = (facts.get("heldUntil") ?? 0) - now;
    const chatWait = held > 0 ? held : chatPace.take(chatLimit, now);
    if (chatWait > 0) throw new ChannelPaced(chatWait);
    const botWait = isTaken ? 0 : await ports.pace(memory.address()).take();
    if (botWait === 0) return;
    chatPace.giveBack();
    throw new ChannelPaced(botWait);
  }

  async #send(channel: Channel, piece: OutMessage): Promise<Sent> {
    try {
      return await channel.send(this.#room.memory.address().externalId, piece);
    } catch (error) {
      if (error instanceof ChannelBusy) await this.#slowDown(error, channel);
      throw error;
    }
  }

  /** Holds the chat as long as the messenger asks, and the whole bot where it can't have been this chat's own doing. */
  async #slowDown({ retryAfter }: ChannelBusy, { chatLimit }: Channel): Promise<void> {
    const { facts, memory, ports, chatPace } = this.#room;
    facts.set("heldUntil", ports.now() + retryAfter * 1000);
    if (!chatPace.isBusy(chatLimit)) await ports.pace(memory.address()).slowDown(retryAfter);
  }

  /** Logs that a step failed, and what is next for it. */
  log(run: ActiveRun, error: unknown, next: string): void {
    // Keeping to the pace is no failure.
    if (error instanceof ChannelPaced) return;
    this.#room.ports.log("step-failed", { ...about(run), ...errorFacts(error), next });
  }
}

/** A key, of which the first 32 signs are hex, in the shape of the ids that calls have. */
function uuidOf(key: string): string {
  return [key.slice(0, 8), key.slice(8, 12), key.slice(12, 16), key.slice(16, 20), key.slice(20, 32)].join(
    "-",
  );
}

/** What a log says of a run, beside whose it is. */
function about({ runId, alias, step, delivery }: ActiveRun) {
  return { runId, alias, step, callId: delivery?.callId ?? null };
}

/** An outcome; with a failure goes what caused it, for the dead letters. */
export function withCause(outcome: Outcome, error: unknown): Outcome {
  if (outcome.state !== "failed") return outcome;
  const { code, detail } = errorFacts(error);
  return { ...outcome, cause: `${code}: ${detail}`.slice(0, LONGEST_CAUSE) };
}

/** Whether this step is what a call told a person: its fate is in the ledger, and nobody waits for it. */
function isDelivered({ delivery, moves }: ActiveRun): boolean {
  return delivery !== null && moves === 1;
}

/** Whether a person waits for what this step does: a step that another went on to works in the background. */
function isAwaited({ hops }: ActiveRun): boolean {
  return hops === 0;
}

/** What a step's end means for the delivery that it began with. */
export function outcomeOf({ notes }: StepEnd, { moves }: Pick<ActiveRun, "moves">): Outcome {
  if (notes.uncertain) return { state: "uncertain", reason: "connection-lost" };
  // It was begun, as it was meant to be: a reminder of later, say.
  if (!notes.said && moves === 1) return { state: "sent", reason: "nothing-said" };
  return notes.pictureMissing ? { state: "sent", reason: "picture-missing" } : { state: "sent" };
}
