import type { CallState } from "../../contract/call.ts";
import type { Candidate, Outcome } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { Kept } from "./kept.ts";
import type { Again, BroadcastPorts, ChunkReport } from "./ports.ts";
import { isPastPatience, nextFor, type Plan, type Progress, roundWaitMs } from "./round.ts";
import type { Sending } from "./sending.ts";
import type { Waiting } from "./waiting.ts";

/** An age of the queue that is told to the pacer, for whoever watches. */
const NOTED_AGE_MS = 2_000;

/** The object whose call it is: what it keeps, and how it is woken. */
export interface CallObject {
  readonly kept: Kept;
  readonly sending: Sending;
  readonly waiting: Waiting;
  ports(): BroadcastPorts;
  /** Milliseconds since 1970. */
  now(): number;
  /** Makes sure that it is woken at `time` at the latest. */
  wakeBy(time: number): Promise<void>;
  /** Forgets everything: the call is over. */
  forget(): Promise<void>;
}

/** The course of a call: what is done each time that its object is woken, or told what came of a chunk. */
export class Course {
  readonly #object: CallObject;
  /** How often somebody was put under way again: a call that is about to end looks at it. */
  #anews = 0;
  /** Those who may be on the wire are not asked after again before this; milliseconds since 1970. */
  #inquireAt = 0;

  constructor(object: CallObject) {
    this.#object = object;
  }

  /** What the queue's consumer says of a chunk. */
  async report(report: ChunkReport): Promise<void> {
    const now = this.#object.now();
    this.#object.sending.report(report, now);
    const progress = this.#object.kept.progress();
    const plan = this.#object.kept.plan();
    if (!progress || !plan) return;
    const { ending } = progress;
    for (const { candidate, at, isFailure, isKnown } of report.again) {
      if (!ending || !isKnown)
        this.#object.waiting.put(isFailure ? triedOnce(candidate) : candidate, at, !isKnown);
    }
    if (ending)
      await this.#endFor(
        plan,
        report.again.filter(({ isKnown }) => isKnown),
        ending,
      );
    const { isFlying, heldBackUntil } = this.#object.sending;
    if (!isFlying) await this.#object.wakeBy(Math.max(now, heldBackUntil));
    await this.#noteQueueAge(report.queueAgeMs);
  }

  /** Of these nothing has left, whatever the ledger thought. */
  async #endFor({ callId }: Plan, known: readonly Again[], outcome: Outcome): Promise<void> {
    const at = this.#object.now();
    const lines = known.map(({ candidate: { seq } }) => ({ callId, seq, outcome, at }));
    if (lines.length > 0) await this.#object.ports().ledger.record(lines);
  }

  /** An age that matters to nobody is not told: most chunks wait some milliseconds. */
  async #noteQueueAge(ms: number): Promise<void> {
    const plan = this.#object.kept.plan();
    if (!plan || ms < NOTED_AGE_MS) return;
    await this.#object
      .ports()
      .noteQueueAge(plan.botId, ms)
      .catch((error: unknown) => this.#object.ports().log("queue-age-not-noted", errorFacts(error)));
  }

  /** Does what is next. */
  async step(plan: Plan, progress: Progress): Promise<void> {
    const next = nextFor(plan, progress, this.#object.now());
    switch (next.kind) {
      case "sleep":
        if (next.until !== null) await this.#object.wakeBy(next.until);
        return;
      case "resolve":
        return this.#resolve(plan, progress);
      case "expire":
        this.end({ state: "expired", reason: "not-sent" });
        return this.#object.wakeBy(this.#object.now());
      case "send":
        return this.#send(plan, progress);
      case "close":
        return this.#close(plan, progress);
    }
  }

  async #resolve(plan: Plan, progress: Progress): Promise<void> {
    const { ledger } = this.#object.ports();
    await this.#enter("resolving", plan, progress);
    if (await ledger.resolve(plan.callId, this.#object.now())) this.#object.kept.resolved();
    await this.#object.wakeBy(this.#object.now());
  }

  async #send(plan: Plan, progress: Progress): Promise<void> {
    await this.#enter("running", plan, progress);
    if (!progress.isOut) this.#object.kept.change({ isOut: true });
    await this.#noteQueueAge(this.#object.now() - (this.#object.sending.flyingSince ?? this.#object.now()));
    const turn = await this.#object.sending.turn(plan, progress.cursor, {
      ports: this.#object.ports(),
      now: () => this.#object.now(),
      isOpen: () =>
        this.#object.kept.progress()?.state === "running" && !this.#object.kept.progress()?.ending,
      passed: (cursor) => this.#object.kept.change({ cursor }),
    });
    if (turn.kind === "wait") return this.#wakeOpen(plan, turn.until);
    await this.#look(plan);
  }

  /** Everybody was handed out once: finishes, or goes through those who are still under way again. */
  async #look(plan: Plan): Promise<void> {
    const { callId } = plan;
    const now = this.#object.now();
    const left = await this.#object.ports().ledger.underWayCount(callId);
    const progress = this.#object.kept.progress();
    if (!progress || progress.ending) return this.#object.wakeBy(now);
    if (left === 0) return this.#finish(callId, "finished");
    if (isPastPatience(progress, now)) {
      this.#object.ports().log("broadcast-abandoned", { callId, left });
      this.end({ state: "failed", reason: "undeliverable" });
      return this.#object.wakeBy(now);
    }
    this.#object.sending.rewind();
    this.#object.kept.change({ cursor: -1, round: progress.round + 1, lateSince: progress.lateSince ?? now });
    await this.#wakeOpen(plan, now + roundWaitMs(progress.round));
  }

  /** Wakes it at `until`; where the call's own end comes before, then. */
  #wakeOpen({ expiresAt }: Plan, until: number): Promise<void> {
    return this.#object.wakeBy(Math.min(until, expiresAt ?? until));
  }

  /** Nobody is told any more: gives those who are left their outcome, and asks after those who may be on the wire. */
  async #close(plan: Plan, progress: Progress): Promise<void> {
    const { ledger } = this.#object.ports();
    const now = this.#object.now();
    if (!progress.ending) return;
    const flyingUntil = this.#object.sending.flyingUntil(now);
    if (flyingUntil !== null) return this.#object.wakeBy(flyingUntil);
    if (now < this.#inquireAt) return this.#object.wakeBy(this.#inquireAt);
    await this.#object.sending.inquireAfterEviction(plan, progress.cursor, this.#object.ports(), now);
    if (this.#object.sending.isFlying) return this.#object.wakeBy(now + roundWaitMs(0));
    // Somebody may have been put under way again meanwhile.
    const ending = this.#object.kept.progress()?.ending;
    if (!ending) return this.#object.wakeBy(now);
    const isAbandoned = isPastPatience(progress, now);
    if (await ledger.settleRest(plan.callId, ending, now, isAbandoned)) return this.#object.wakeBy(now);
    if (await this.#object.sending.inquire(plan, this.#object.ports(), now)) {
      this.#object.kept.change({ round: progress.round + 1, lateSince: progress.lateSince ?? now });
      this.#inquireAt = now + roundWaitMs(progress.round);
      return this.#object.wakeBy(this.#inquireAt);
    }
    await this.#finish(plan.callId, progress.state === "cancelled" ? "cancelled" : "finished");
  }

  /** From now on nobody is begun with; those who are left get this outcome. */
  end(ending: Outcome, state?: CallState): void {
    this.#object.kept.change({ ending, round: 0, ...(state ? { state } : {}) });
    this.#object.waiting.keepLeft();
  }

  async #finish(callId: string, state: CallState): Promise<void> {
    const before = this.#anews;
    const { ledger, log } = this.#object.ports();
    await ledger.setState(callId, state, this.#object.now());
    // Somebody may have been put under way again meanwhile.
    if (state === "finished" && (await ledger.underWayCount(callId)) > 0) return this.#reopen(callId);
    if (before !== this.#anews) return this.#object.wakeBy(this.#object.now());
    log("call-ended", { callId, state });
    await this.#object.forget();
  }

  /** Goes through the ledger anew, at once: somebody was put under way again. */
  async anew(): Promise<void> {
    this.#anews += 1;
    const { kept, sending } = this.#object;
    if (kept.progress()?.state !== "cancelled")
      kept.change({ cursor: -1, round: 0, lateSince: null, ending: null });
    sending.rewind();
    await this.#object.wakeBy(this.#object.now());
  }

  async #reopen(callId: string): Promise<void> {
    const { kept, ports, now } = this.#object;
    await ports().ledger.setState(callId, "running", now());
    // It may have been paused or cancelled meanwhile.
    const state = kept.progress()?.state ?? "running";
    if (state === "paused" || state === "cancelled") await ports().ledger.setState(callId, state, now());
    else kept.change({ state: "running" });
    await this.anew();
  }

  async #enter(state: CallState, { callId }: Plan, progress: Progress): Promise<void> {
    if (progress.state === state) return;
    await this.#object.ports().ledger.setState(callId, state, this.#object.now());
    // It may have been paused or cancelled meanwhile.
    if (this.#object.kept.progress()?.state === progress.state) this.#object.kept.change({ state });
  }
}

function triedOnce(candidate: Candidate): Candidate {
  return { ...candidate, attempt: candidate.attempt + 1 };
}
