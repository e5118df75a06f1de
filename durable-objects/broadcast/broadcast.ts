import { DurableObject } from "cloudflare:workers";
import type { CallState } from "../../contract/call.ts";
import type { Outcome } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { CallId } from "../../contract/ports.ts";
import { Alarm } from "../alarm.ts";
import { type CallObject, Course } from "./course.ts";
import { Kept } from "./kept.ts";
import type { BroadcastPorts, ChunkReport } from "./ports.ts";
import { nextFor, type Plan, type Progress } from "./round.ts";
import { Sending } from "./sending.ts";
import { Waiting } from "./waiting.ts";

/** What came of stopping a call. */
export interface Stopped {
  readonly state: CallState;
  /** Recipients of whom something had left, or may have: the ledger says of each how it ends. */
  readonly onTheWire: number;
}

/** What came of starting a call, or parts of it, again. */
export interface Continued {
  readonly state: CallState;
  /** Recipients who are under way again. */
  readonly changed: number;
}

/** Parts of the ledger, of 10,000 recipients each, that a cancel settles before it answers. */
const PARTS_AT_ONCE = 30;
/** What fails (the database, the queue) is tried again after this. */
const STALL_MS = 4_000;

/**
 * Sees one call through to its last recipient; its name is the call's id. Hands out recipients at the bot's pace, and
 * takes back those who could not be told yet. A recipient is the broadcast's until something of the message has left;
 * so nothing leaves once it is stopped.
 */
export abstract class BroadcastObject extends DurableObject<Env> {
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number = Date.now;
  readonly #kept: Kept;
  #waiting: Waiting;
  #sending: Sending;
  readonly #alarm: Alarm;
  readonly #course: Course;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage, () => this.clock());
    this.#kept = new Kept(ctx.storage.kv);
    this.#waiting = new Waiting(ctx.storage.sql);
    this.#sending = new Sending(this.#waiting, this.clock(), this.#kept.progress()?.isOut === true);
    this.#course = new Course(this.#forCourse());
  }

  /** The world, from this object's own bindings; given by `workers/house.ts`. */
  protected abstract ports(): BroadcastPorts;

  /** Starts the broadcast. Called again, it does nothing but to see that it goes on. */
  async start(call: CallId): Promise<void> {
    const isKnown = this.#kept.progress() !== null;
    if (isKnown && (await this.#alarm.isSet())) return;
    if (await this.#open(call)) await this.#alarm.wakeBy(this.clock());
  }

  /** Stops the call for good: once this returns, nothing leaves but what was on the wire. Called again, it looks anew. */
  async cancel(call: CallId): Promise<Stopped> {
    const progress = await this.#open(call);
    if (!progress) return this.#cancelKept(call);
    const ending = progress.ending ?? { state: "cancelled" };
    this.#course.end(ending, "cancelled");
    // Whatever fails from here on, the alarm sees it through.
    await this.#alarm.wakeBy(this.clock());
    const { ledger } = this.ports();
    await ledger.setState(call.callId, "cancelled", this.clock());
    const flying = await this.#sending.land(this.clock());
    // What is not back by now may be on the wire: it is settled once it is back, or was asked after.
    if (flying === 0 && !this.#sending.isResumed) await this.#settle(call, ending);
    return { state: "cancelled", onTheWire: flying + (await ledger.onTheWireCount(call.callId)) };
  }

  /**
   * A call that is over has nobody left but those who are kept: their conversations look at its state before they show
   * it. Called again, it goes on where it was cut short.
   */
  async #cancelKept(call: CallId): Promise<Stopped> {
    const { ledger } = this.ports();
    const state = await this.#stateInLedger(call);
    if (state === "finished") {
      if ((await ledger.keptCount(call.callId)) === 0) return { state, onTheWire: 0 };
      await ledger.setState(call.callId, "cancelled", this.clock());
    }
    await this.#settle(call, { state: "cancelled" });
    return { state: "cancelled", onTheWire: 0 };
  }

  /** Gives those who are left their end; of a very large call some of them. */
  async #settle({ callId }: CallId, ending: Outcome): Promise<void> {
    const { ledger } = this.ports();
    for (let part = 0; part < PARTS_AT_ONCE; part += 1) {
      if (!(await ledger.settleRest(callId, ending, this.clock()))) return;
    }
  }

  /** Holds the call until it is resumed: once this returns, nothing leaves but what was on the wire. */
  async pause(call: CallId): Promise<Stopped> {
    const progress = await this.#open(call);
    if (progress?.ending) await this.#alarm.wakeBy(this.clock());
    if (!progress || progress.ending) return { state: await this.#stateInLedger(call), onTheWire: 0 };
    const { ledger } = this.ports();
    this.#kept.change({ state: "paused" });
    await ledger.setState(call.callId, "paused", this.clock());
    const flying = await this.#sending.land(this.clock());
    // It may just have come to its end.
    if (!this.#kept.progress()) return { state: await this.#stateInLedger(call), onTheWire: 0 };
    if (flying === 0 && !this.#sending.isResumed) this.#kept.change({ isOut: false });
    await this.#alarm.wakeBy(this.clock());
    return { state: "paused", onTheWire: flying + (await ledger.onTheWireCount(call.callId)) };
  }

  /** Goes on with a call that was paused. */
  async resume(call: CallId): Promise<Continued> {
    await this.#open(call);
    const inLedger = await this.#stateInLedger(call);
    const plan = this.#kept.plan();
    const progress = this.#kept.progress();
    // A try before this one may have come halfway.
    const isPaused = progress?.state === "paused" || inLedger === "paused";
    if (progress?.ending) await this.#alarm.wakeBy(this.clock());
    if (!progress || !plan || progress.ending || !isPaused) return { state: inLedger, changed: 0 };
    const state = stateOnTheWay(plan, this.clock());
    this.#kept.change({ state });
    await this.#alarm.wakeBy(this.clock());
    await this.ports().ledger.setState(call.callId, state, this.clock());
    return { state, changed: await this.ports().ledger.underWayCount(call.callId) };
  }

  /** Tries those who failed once more. A call that was cancelled stays so. */
  async redrive(call: CallId): Promise<Continued> {
    const { ledger } = this.ports();
    const found = await ledger.call(call.callId);
    if (!found || found.state === "cancelled") return { state: found?.state ?? "finished", changed: 0 };
    const changed = await ledger.requeueFailed(call.callId, this.clock());
    if (changed === 0) return { state: found.state, changed };
    const state = await this.nudge(call);
    return { state: state ?? found.state, changed };
  }

  /** Goes through the ledger anew, at once: somebody was put under way again. How far the call is, if it is not over. */
  async nudge(call: CallId): Promise<CallState | null> {
    const progress = await this.#open(call);
    if (progress) await this.#course.anew();
    return progress?.state ?? null;
  }

  /** What the queue's consumer says of a chunk. */
  report(report: ChunkReport): Promise<void> {
    return this.#course.report(report);
  }

  /** How fast the call goes: recipients a second that came back of late. Who watches a call keeps it going. */
  async progress(): Promise<{ readonly perSecond: number }> {
    const isToGoOn = !this.#isAtRest() && !(await this.#alarm.isSet());
    if (isToGoOn) await this.#alarm.wakeBy(this.clock());
    return { perSecond: this.#sending.perSecond(this.clock()) };
  }

  /** Does what is next. What fails is tried again. */
  override async alarm(): Promise<void> {
    this.#alarm.cleared();
    const plan = this.#kept.plan();
    const progress = this.#kept.progress();
    if (!plan || !progress) return this.#takeOver();
    try {
      await this.#course.step(plan, progress);
    } catch (error) {
      // The platform retries an alarm six times only; this one has to come for as long as somebody is under way.
      this.ports().log("broadcast-stalled", { callId: plan.callId, ...errorFacts(error) });
      await this.#alarm.wakeBy(this.clock() + STALL_MS);
    }
  }

  /** Whether nothing is to be done before somebody says so. */
  #isAtRest(): boolean {
    const plan = this.#kept.plan();
    const progress = this.#kept.progress();
    if (!plan || !progress) return true;
    const next = nextFor(plan, progress, this.clock());
    return next.kind === "sleep" && next.until === null;
  }

  /** The progress of a call that is not through; taken up from the ledger where this object does not know it yet. */
  async #open({ callId }: CallId): Promise<Progress | null> {
    const known = this.#kept.progress();
    if (known) return known;
    const call = await this.ports().ledger.call(callId);
    if (!call || call.state === "finished" || call.state === "cancelled") return null;
    return this.#kept.progress() ?? this.#kept.begin(call);
  }

  async #stateInLedger({ callId }: CallId): Promise<CallState> {
    return (await this.ports().ledger.call(callId))?.state ?? "finished";
  }

  /** A call that was begun by the first version of this code, which kept it in another shape, goes on in today's. */
  async #takeOver(): Promise<void> {
    const call = this.#kept.takeOld();
    if (call) await this.start(call);
  }

  #forCourse(): CallObject {
    const object = this;
    return {
      kept: this.#kept,
      get sending() {
        return object.#sending;
      },
      get waiting() {
        return object.#waiting;
      },
      ports: () => this.ports(),
      now: () => this.clock(),
      wakeBy: (time) => this.#alarm.wakeBy(time),
      forget: () => this.#forget(),
    };
  }

  async #forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.#alarm.cleared();
    this.#waiting = new Waiting(this.ctx.storage.sql);
    this.#sending = new Sending(this.#waiting, this.clock(), false);
  }
}

function stateOnTheWay({ sendAt, isResolving }: Plan, now: number): CallState {
  if (sendAt !== null && now < sendAt) return "scheduled";
  return isResolving ? "resolving" : "running";
}
