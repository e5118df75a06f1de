import { type Delivery, type Handed, KEPT, ON_THE_WIRE, type Outcome } from "../../../contract/delivery.ts";
import type { FireWorld, OwnCall } from "./fire-world.ts";
import { type Ground, RunData } from "./scene.ts";
import type { Seat } from "./seat.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is handed over is begun within that, or not at all. */
const LEASE_MS = 15 * SECOND;
/** When a delivery of which nothing was heard, or that may be on the wire, is handed over again. */
const ROUND_WAITS = [5 * SECOND, MINUTE, 30 * MINUTE, 6 * HOUR];
/** What is under way after that is nobody's any more. */
const PATIENCE_MS = 48 * HOUR;

/** How much a state tells, as the ledger has it (`schema/ledger-entries.ts`): none is replaced by one that tells less. */
const TELLS = {
  queued: 0,
  deferred: 1,
  cancelled: 3,
  expired: 3,
  failed: 3,
  unlinked: 3,
  blocked: 3,
  uncertain: 4,
  sent: 5,
  answered: 7,
};

/** How a delivery is handed over. */
export interface Manner {
  /** Whether whoever hands it over gives up waiting as soon as a message leaves. */
  readonly isHasty: boolean;
  /** After so many hours it is not told any more. */
  readonly hours: number | null;
}

/** One delivery in the ledger. */
interface Line {
  readonly run: string;
  readonly call: Pick<Delivery, "callId" | "seq" | "userId" | "alias" | "data" | "critical">;
  readonly since: number;
  readonly expiresAt: number | null;
  outcome: Outcome;
  attempt: number;
  rounds: number;
  /** When it is handed over again; milliseconds since 1970. */
  next: number | null;
  isCalledOff: boolean;
  /** As it was handed over last. */
  last: Delivery | null;
}

/** Whatever hands deliveries over and keeps the ledger of them: a broadcast and its queue, in few words. */
export class Post {
  readonly #world: FireWorld;
  readonly #seat: Seat;
  readonly #ground: Ground;
  readonly #lines: Line[] = [];
  readonly #planned: { readonly at: number; readonly alias: string; readonly data: RunData }[] = [];
  readonly #calls = new Set<string>();
  #reported = 0;

  constructor(world: FireWorld, seat: Seat, ground: Ground) {
    this.#world = world;
    this.#seat = seat;
    this.#ground = ground;
    world.called = (call) => this.#called(call);
  }

  /** When there is something to be done; milliseconds since 1970. */
  get wakesAt(): number | null {
    const times = [...this.#lines.map(({ next }) => next), ...this.#planned.map(({ at }) => at)];
    const known = times.filter((time) => time !== null);
    return known.length > 0 ? Math.min(...known) : null;
  }

  /** Does what is due. */
  async works(): Promise<void> {
    this.reads();
    const now = this.#world.clock.now();
    for (const { alias, data } of take(this.#planned, ({ at }) => at <= now)) await this.tells(alias, data);
    for (const line of this.#lines.filter(({ next }) => next !== null && next <= now))
      await this.#again(line);
    this.reads();
  }

  /** Tells the person of something. */
  async tells(
    alias: string,
    data: RunData,
    { isHasty, hours }: Manner = { isHasty: false, hours: null },
  ): Promise<void> {
    const now = this.#world.clock.now();
    const critical = this.#world.dialogs.communications.find((one) => one.alias === alias)?.critical ?? false;
    const callId = `call of ${data.id}`;
    const json = JSON.stringify({ ...data, critical });
    // What is critical is for the chat, whoever is in it.
    const call = { callId, seq: 0, userId: critical ? null : "127", alias, data: json, critical };
    this.#world.calls.set(callId, { alias, data: json, critical, state: "running" });
    const line: Line = {
      run: data.id,
      call,
      since: now,
      expiresAt: hours === null ? null : now + hours * HOUR,
      outcome: { state: "queued" },
      attempt: 0,
      rounds: 0,
      next: null,
      isCalledOff: false,
      last: null,
    };
    this.#lines.push(line);
    await this.#hand(line, isHasty);
  }

  /** Hands over once more, as a queue may, what was handed over before; `back` counts from the last. */
  async doubles(back: number): Promise<string | null> {
    const known = this.#lines.filter(({ last, isCalledOff }) => last && !isCalledOff);
    const line = known.at(-1 - (back % Math.max(1, known.length)));
    if (!line?.last) return null;
    const handed = await this.#seat.isHanded(line.last, PATIENT);
    if (handed !== "crashed") this.#record(line, handed.outcome);
    return line.run;
  }

  /** Cancels a call; `back` counts from the last. */
  cancels(back: number): string | null {
    const line = this.#lines.at(-1 - (back % Math.max(1, this.#lines.length)));
    const call = line && this.#world.calls.get(line.call.callId);
    if (!line || !call) return null;
    this.reads();
    this.#world.calls.set(line.call.callId, { ...call, state: "cancelled" });
    this.#callOffIfCancelled(line);
    return line.run;
  }

  /** Reads what the conversation has reported by itself. */
  reads(): void {
    for (const record of this.#world.reported.slice(this.#reported)) {
      const line = record.kind === "outcome" && this.#lines.find(({ call }) => call.callId === record.callId);
      if (line && record.kind === "outcome") this.#record(line, record.outcome);
    }
    this.#reported = this.#world.reported.length;
  }

  /** Writes down what the ledger says at the end. */
  settles(): void {
    this.reads();
    for (const { run, outcome } of this.#lines) this.#ground.trace.add({ kind: "settled", run, outcome });
  }

  async #again(line: Line): Promise<void> {
    const now = this.#world.clock.now();
    const { state, reason } = line.outcome;
    line.next = null;
    if (state !== "queued" && state !== "deferred") return;
    if (reason === KEPT) return;
    if (now - line.since > PATIENCE_MS)
      return this.#record(line, { state: "failed", reason: "undeliverable" });
    const mayHaveLeft = reason === ON_THE_WIRE || reason === UNREACHED;
    if (!mayHaveLeft && line.expiresAt !== null && now >= line.expiresAt)
      return this.#callOff(line, { state: "expired", reason: "not-sent" });
    await this.#hand(line, false);
  }

  async #hand(line: Line, isHasty: boolean): Promise<void> {
    const now = this.#world.clock.now();
    const [lead] = this.#world.directory.leads;
    if (!lead) throw new Error("Alice has signed in");
    const { attempt, since, expiresAt } = line;
    const delivery = {
      ...this.#world.delivery(line.call, lead),
      until: now + LEASE_MS,
      attempt,
      since,
      expiresAt,
    };
    line.last = delivery;
    const handed = await (isHasty ? this.#hastily(delivery) : this.#seat.isHanded(delivery, PATIENT));
    const isLost = handed === "crashed";
    const came: Handed = isLost
      ? { outcome: { state: "deferred", reason: UNREACHED }, isFailure: true }
      : handed;
    this.#record(line, came.outcome);
    if (came.isFailure) line.attempt += 1;
    const round = ROUND_WAITS[Math.min(line.rounds, ROUND_WAITS.length - 1)] ?? HOUR;
    const isOnTheWire = came.outcome.reason === ON_THE_WIRE;
    if (isLost || isOnTheWire) line.rounds += 1;
    const again = isLost || isOnTheWire ? now + round : came.again;
    line.next = again === undefined ? null : Math.max(again, this.#world.clock.now() + 1);
    this.#callOffIfCancelled(line);
  }

  /** Hands over and waits no longer than until a message leaves, as `ConversationObject.begin` has it. */
  async #hastily(delivery: Delivery): Promise<Handed | "crashed"> {
    const state = { isAwaited: true, mayLeave: false, couldLeave: false };
    this.#world.meanwhile.push(() => {
      state.isAwaited = false;
      state.couldLeave = state.mayLeave;
    });
    const watch = {
      isAwaited: () => state.isAwaited,
      begins: () => {
        state.mayLeave = true;
      },
    };
    const handed = await this.#seat.isHanded(delivery, watch);
    if (handed === "crashed" || state.isAwaited) return handed;
    if (state.couldLeave) return { outcome: { state: "deferred", reason: ON_THE_WIRE } };
    return {
      outcome: { state: "deferred", reason: "chat-busy" },
      again: this.#world.clock.now() + 5 * SECOND,
    };
  }

  #record(line: Line, outcome: Outcome): void {
    this.#ground.trace.add({ kind: "handed", run: line.run, outcome });
    const [old, news] = [tells(line.outcome), tells(outcome)];
    if (news > old || (news === old && outcome.state === "deferred")) line.outcome = outcome;
  }

  /** Nobody whose call is cancelled is told any more, but those of whom something may have left. */
  #callOffIfCancelled(line: Line): void {
    const { state, reason } = line.outcome;
    const isCancelled = this.#world.calls.get(line.call.callId)?.state === "cancelled";
    if (isCancelled && state === "deferred" && reason !== ON_THE_WIRE && reason !== UNREACHED)
      this.#callOff(line, { state: "cancelled" });
  }

  #callOff(line: Line, outcome: Outcome): void {
    line.isCalledOff = true;
    line.next = null;
    this.#record(line, outcome);
    this.#ground.trace.add({ kind: "called-off", run: line.run });
  }

  #called({ callId, alias, params, sendAt }: OwnCall): void {
    if (this.#calls.has(callId)) return;
    this.#calls.add(callId);
    const data = RunData.parse(params);
    this.#planned.push({ at: Math.max(sendAt ?? 0, this.#world.clock.now() + 1), alias, data });
  }
}

const UNREACHED = "conversation-unreached";
const PATIENT = { isAwaited: () => true, begins: () => {} };

function tells({ state, reason }: Outcome): number {
  if (state === "deferred" && (reason === ON_THE_WIRE || reason === KEPT)) return 2;
  return state === "expired" && reason === "no-answer" ? 6 : TELLS[state];
}

/** Takes out of a list what fits. */
function take<T>(list: T[], fits: (one: T) => boolean): readonly T[] {
  const taken = list.filter(fits);
  for (const one of taken) list.splice(list.indexOf(one), 1);
  return taken;
}
