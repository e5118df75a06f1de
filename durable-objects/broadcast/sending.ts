import { MESSAGES_PER_SECOND } from "../../contract/defaults.ts";
import type { Candidate, DeliveryChunk, Recipient } from "../../contract/delivery.ts";
import { Flight } from "./flight.ts";
import type { BroadcastPorts, ChunkReport } from "./ports.ts";
import { downWaitMs, type Plan, roundWaitMs } from "./round.ts";
import type { Waiting } from "./waiting.ts";

/** Recipients read from the ledger at one go. */
const PAGE = 1_000;
/** Recipients in one message of the queue: few enough that a slow one delays few others. */
const CHUNK = 25;
/**
 * Most recipients between the queue and their report: what comes back in a second and a half, and some more to feel out
 * whether it could be faster. More would only wait there, until their lease is over.
 */
const WINDOW_S = 1.5;
const WINDOW_MORE = 250;
const SLOWEST_WINDOW = 5;
/** While nothing may be added to what is out, it is looked again after this. */
const FULL_MS = 250;
/** Who was handed out over and over for this long, and nobody ever said what came of it, is given up. */
const PATIENCE_MS = 25 * 60 * 60 * 1000;
/** Most recipients asked after at one go. */
const INQUIRY = 1_000;
/** How long after its slots were taken a recipient may be begun with: what the queue holds longer comes back. */
const LEASE_MS = 8_000;
/** A report that is not there this long after the lease's end does not come any more. */
const REPORT_MS = 10_000;
/** While chunks are out their reports wake the broadcast. Should its process die, nobody does: it then goes on after this. */
const LOOK_MS = 3_000;
/** Over how long the rate is measured. */
const MEASURED_MS = 5_000;

/** What came of one turn of sending. */
export type Turn =
  /** Milliseconds since 1970. */
  | { readonly kind: "wait"; readonly until: number }
  /** Everybody was handed out and reported on. */
  | { readonly kind: "through" };

/** The recipients of one round on their way from the ledger to the queue, at the bot's pace. */
export class Sending {
  readonly #waiting: Waiting;
  readonly #flight: Flight;
  #page: readonly Candidate[] = [];
  #pageEnd: number | null = null;
  #isExhausted = false;
  #downs = 0;
  #downUntil = 0;
  #quietUntil = 0;
  #heldBackUntil = 0;
  /** Messages a second that were granted last; before the first, what Telegram allows everybody. */
  #granted = MESSAGES_PER_SECOND;
  /** Before this something may be out that an eviction forgot; milliseconds since 1970. */
  readonly #blindUntil: number;
  #isResumed: boolean;
  /** Up to where those were asked after whom a process that is gone may have handed out. */
  #askedTo = -1;
  #back: readonly { readonly at: number; readonly recipients: number }[] = [];

  /** @param isResumed whether a process that is gone may have handed somebody out */
  constructor(waiting: Waiting, now: number, isResumed: boolean) {
    this.#waiting = waiting;
    this.#flight = new Flight(now);
    this.#isResumed = isResumed;
    this.#blindUntil = isResumed ? now + LEASE_MS : 0;
  }

  /**
   * Sends as many as may leave now. `isOpen` is asked again after every wait: somebody may have stopped the call.
   * @param passed told the last recipient of a page that is wholly in the queue
   */
  async turn(plan: Plan, cursor: number, { ports, now, isOpen, passed }: TurnContext): Promise<Turn> {
    const heldUntil = Math.max(this.#downUntil, this.#quietUntil);
    if (now() < heldUntil) return { kind: "wait", until: heldUntil };
    await this.#reclaim(plan.callId, ports, now());
    await this.#fill(plan.callId, cursor, ports);
    const room = this.#room(now());
    const candidates = this.#candidates(room, now());
    const [first] = candidates;
    if (!first) return room === 0 ? { kind: "wait", until: now() + FULL_MS } : this.#rest(now());
    const ask = { callId: plan.callId, critical: plan.critical, wanted: candidates.length };
    const { slots, againMs, perSecond } = await ports.takeSlots(plan.botId, first.channel, ask);
    this.#granted = perSecond;
    this.#heldBackUntil = slots < candidates.length ? now() + againMs : 0;
    if (!isOpen()) return { kind: "wait", until: now() };
    const taken = candidates.slice(0, slots);
    const until = Math.min(now() + LEASE_MS, plan.expiresAt ?? Number.MAX_SAFE_INTEGER);
    await this.#queue(plan, taken, { until, now: now(), ports });
    this.#handedOut(taken, passed);
    return { kind: "wait", until: now() + againMs };
  }

  /**
   * Asks the conversations of those who may be on the wire what became of them; none is begun.
   * @returns whether there are any
   */
  async inquire(plan: Plan, ports: BroadcastPorts, now: number): Promise<boolean> {
    const lost = this.#waiting.due(Number.MAX_SAFE_INTEGER, INQUIRY);
    const onTheWire = await ports.ledger.underWay(plan.callId, -1, INQUIRY);
    const asked = [...lost, ...onTheWire.map(asCandidate)];
    await this.#queue(plan, asked, { until: 0, now, ports });
    this.#waiting.remove(lost);
    return asked.length > 0;
  }

  /**
   * Asks after some of those whom a process that is gone may have handed out: they are under way in the ledger, and
   * perhaps have the message. To be done again as long as `isResumed`.
   */
  async inquireAfterEviction(plan: Plan, cursor: number, ports: BroadcastPorts, now: number): Promise<void> {
    if (!this.#isResumed) return;
    const underWay = await ports.ledger.underWay(plan.callId, this.#askedTo, INQUIRY);
    const asked = underWay.filter(({ seq }) => seq <= cursor + PAGE).map(asCandidate);
    await this.#queue(plan, asked, { until: 0, now, ports });
    this.#askedTo = asked.at(-1)?.seq ?? this.#askedTo;
    this.#isResumed = asked.length === INQUIRY;
  }

  /** Whether a process that is gone may have handed out somebody nobody has asked after. */
  get isResumed(): boolean {
    return this.#isResumed;
  }

  /** A chunk is back. */
  report({ chunk, isDown, quietUntil }: ChunkReport, now: number): void {
    const recipients = this.#flight.remove(chunk);
    this.#back = [...this.#back, { at: now, recipients }].filter(({ at }) => now - at < MEASURED_MS);
    // The others would only be put off, too.
    this.#quietUntil = quietUntil ?? this.#quietUntil;
    // Chunks that were out together find the messenger out of order together: that is one outage.
    if (isDown && now < this.#downUntil) return;
    this.#downs = isDown ? this.#downs + 1 : 0;
    this.#downUntil = now + downWaitMs(this.#downs);
  }

  /** Since when the first of what is out is out (milliseconds since 1970); `null` where nothing is. */
  get flyingSince(): number | null {
    return this.#flight.since;
  }

  /**
   * Before this the pacer has no more slots, since it gave fewer than were asked for; milliseconds since 1970. To ask
   * sooner would hand out one recipient at a time, each at the price of a whole chunk.
   */
  get heldBackUntil(): number {
    return this.#heldBackUntil;
  }

  /** Whether a chunk is out. */
  get isFlying(): boolean {
    return this.#flight.nextUntil() !== null;
  }

  /** Until when something may be out (milliseconds since 1970); `null` where nothing is. */
  flyingUntil(now: number): number | null {
    for (const candidate of this.#flight.takeLost(now)) this.#waiting.put(candidate, now, true);
    return this.#flight.nextUntil() ?? (this.#blindUntil > now ? this.#blindUntil : null);
  }

  /** Waits until nothing is out, or can't be begun with any more; how many recipients still are. */
  async land(now: number): Promise<number> {
    const blindMs = Math.max(0, this.#blindUntil - now);
    const blind = blindMs > 0 ? new Promise((resolve) => setTimeout(resolve, blindMs)) : undefined;
    await Promise.all([blind, this.#flight.empty(LEASE_MS)]);
    return this.#flight.size;
  }

  /** Begins with the ledger's first page again. */
  rewind(): void {
    this.#page = [];
    this.#pageEnd = null;
    this.#isExhausted = false;
  }

  /** Recipients a second that came back of late. */
  perSecond(now: number): number {
    const recent = this.#back.filter(({ at }) => now - at < MEASURED_MS);
    const [first] = recent;
    if (!first) return 0;
    return recent.reduce((sum, { recipients }) => sum + recipients, 0) / Math.max(1, (now - first.at) / 1000);
  }

  async #fill(callId: string, cursor: number, { ledger }: BroadcastPorts): Promise<void> {
    if (this.#page.length > 0 || this.#isExhausted) return;
    const page = await ledger.underWay(callId, cursor, PAGE);
    this.#isExhausted = page.length < PAGE;
    // Those who wait have their own time.
    const waiting = this.#waiting.between(cursor + 1, page.at(-1)?.seq ?? cursor);
    this.#page = page.filter(({ seq }) => !waiting.has(seq)).map(asCandidate);
    this.#pageEnd = page.at(-1)?.seq ?? null;
  }

  /**
   * Whoever was handed out and never reported on is to be handed out again, ever later: a conversation knows what it
   * had. Where that goes on for too long, they are given up.
   */
  async #reclaim(callId: string, { ledger }: BroadcastPorts, now: number): Promise<void> {
    const lost = this.#flight.takeLost(now);
    const isOver = ({ since }: Candidate) => since > 0 && now - since > PATIENCE_MS;
    for (const candidate of lost.filter((one) => !isOver(one))) {
      const attempt = candidate.attempt + 1;
      this.#waiting.put({ ...candidate, attempt }, now + roundWaitMs(attempt), true);
    }
    const outcome = { state: "failed", reason: "undeliverable" } as const;
    const over = lost.filter(isOver).map(({ seq }) => ({ callId, seq, outcome, at: now }));
    if (over.length > 0) await ledger.record(over);
  }

  /** How many more may be handed out now. */
  #room(now: number): number {
    const asFast = Math.max(SLOWEST_WINDOW, WINDOW_S * this.#granted);
    const asTheyComeBack = WINDOW_MORE + WINDOW_S * this.perSecond(now);
    return Math.max(0, Math.floor(Math.min(asFast, asTheyComeBack) - this.#flight.size));
  }

  /** Who could be handed out: those whose time has come, and as many who had no turn yet; of one messenger. */
  #candidates(room: number, now: number): readonly Candidate[] {
    const waiting = this.#waiting.due(now, this.#page.length > 0 ? Math.ceil(room / 2) : room);
    const candidates = [...waiting, ...this.#page.slice(0, room)].slice(0, room);
    return candidates.filter(({ channel }) => channel === candidates[0]?.channel);
  }

  async #queue(
    { callId, botId }: Plan,
    taken: readonly Candidate[],
    { until, now, ports }: { until: number; now: number; ports: BroadcastPorts },
  ): Promise<void> {
    const chunks: DeliveryChunk[] = [];
    for (let from = 0; from < taken.length; from += CHUNK) {
      const part = taken.slice(from, from + CHUNK);
      const recipients = part.map((one) => ({ ...one, since: one.since || now }));
      const chunk = this.#flight.add(recipients, now, Math.max(until, now) + REPORT_MS);
      chunks.push({ callId, botId, chunk, until, recipients });
    }
    if (chunks.length > 0) await ports.queue(chunks);
  }

  #handedOut(taken: readonly Candidate[], passed: (cursor: number) => void): void {
    const seqs = new Set(taken.map(({ seq }) => seq));
    // Not by their attempts: one that the queue lost comes from there untried.
    const onPage = new Set(this.#page.map(({ seq }) => seq));
    this.#waiting.remove(taken.filter(({ seq }) => !onPage.has(seq)));
    this.#page = this.#page.filter(({ seq }) => !seqs.has(seq));
    if (this.#page.length > 0 || this.#pageEnd === null) return;
    passed(this.#pageEnd);
    this.#pageEnd = null;
  }

  /** Nobody can be sent to now: because all are out, because they wait for their time, or because it is done. */
  #rest(now: number): Turn {
    const landed = this.#flight.nextUntil();
    const look = landed === null ? null : Math.min(landed, now + LOOK_MS);
    const times = [look, this.#waiting.nextAt()].filter((time) => time !== null);
    return times.length > 0
      ? { kind: "wait", until: Math.max(now, Math.min(...times)) }
      : { kind: "through" };
  }
}

/** What a turn of sending reaches. */
export interface TurnContext {
  readonly ports: BroadcastPorts;
  /** Milliseconds since 1970. */
  now(): number;
  isOpen(): boolean;
  passed(cursor: number): void;
}

function asCandidate(recipient: Recipient): Candidate {
  return { ...recipient, attempt: 0, since: 0 };
}
