import type { Delivery, Outcome } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import { carried } from "../../dialogs/closings.ts";
import { dataOf } from "../../dialogs/step.ts";
import { dialogNamed } from "./beginnings.ts";
import { underWay } from "./deliveries.ts";
import { afterFailure } from "./failure.ts";
import type { Handover, Watch } from "./handover.ts";
import type { KeptDelivery } from "./kept.ts";
import type { Room } from "./room.ts";

/** What a delivery that was kept is begun within. */
const LEASE_MS = 60_000;
/** Whatever was kept longer is no news any more. */
const NEWS_MS = 30 * 24 * 60 * 60 * 1000;

const OUTDATED: Outcome = { state: "expired", reason: "outdated" };

/** The person asked for it, and nobody hurries it. */
const ASKED_FOR: Watch = { isAwaited: () => true, begins: () => {}, isAskedFor: true };

const LOST: Outcome = { state: "uncertain", reason: "connection-lost" };

/** Shows what was kept while the person wanted quiet: one after another, in the order in which it came, as it is by now. */
export class Review {
  readonly #room: Room;
  readonly #handover: Handover;

  constructor(room: Room, handover: Handover) {
    this.#room = room;
    this.#handover = handover;
  }

  /** When the next is to be shown; milliseconds since 1970, `null` where nothing is. */
  nextDue(): number | null {
    return this.#room.facts.get("showing")?.at ?? null;
  }

  /** Shows the next one. @returns whether there was something to do */
  async show(): Promise<boolean> {
    const { facts, kept, ports } = this.#room;
    const showing = facts.get("showing");
    const now = ports.now();
    if (!showing || showing.at > now) return false;
    const next = kept.first();
    if (!next) {
      facts.set("showing", null);
      return true;
    }
    try {
      await this.#tell(next, showing.tries, showing.since);
    } catch (error) {
      this.#putOff(next, error);
    }
    return true;
  }

  async #tell(one: KeptDelivery, attempt: number, since: number): Promise<void> {
    const { kept, deliveries, ports } = this.#room;
    const known = deliveries.find(one);
    const isCutShort = known !== null && underWay(known.outcome);
    if (isCutShort) return this.#recover(one, known.runId);
    // A crash came between telling it and forgetting that it was kept.
    const outcome = known?.outcome ?? (await this.#outcomeOf(one, attempt, since));
    if (outcome === null) return;
    this.#room.sql.transaction(() => {
      if (outcome !== "gone") deliveries.settle(one, outcome, ports.now());
      kept.remove(one);
      this.#next();
    });
  }

  /** A crash came while it was told: its first message may have left, or not. Its run goes on from there. */
  async #recover(one: KeptDelivery, runId: string): Promise<void> {
    const { runs, kept, deliveries, ports } = this.#room;
    const call = runs.has(runId) ? null : await ports.calls.find(one.callId);
    const delivery = call && (await this.#delivery(one, call.data, 0, ports.now()));
    if (delivery) this.#handover.recover(delivery, runId, true);
    this.#room.sql.transaction(() => {
      if (!runs.has(runId)) deliveries.settle(one, LOST, ports.now());
      kept.remove(one);
      this.#next();
    });
  }

  #next(): void {
    const now = this.#room.ports.now();
    this.#room.facts.set("showing", { at: now, tries: 0, since: now });
  }

  /** What came of telling it; "gone" where its call is, or was cancelled: the ledger knows. `null`: it is put off. */
  async #outcomeOf(one: KeptDelivery, attempt: number, since: number): Promise<Outcome | "gone" | null> {
    const { facts, ports } = this.#room;
    const now = ports.now();
    const call = await ports.calls.find(one.callId);
    if (!call || call.state === "cancelled") return "gone";
    if (one.expiresAt !== null && now > one.expiresAt) return { state: "expired", reason: "not-sent" };
    const data = now - one.at > NEWS_MS ? null : await this.#fresh(one, call.data);
    if (data === null) return OUTDATED;
    const delivery = await this.#delivery(one, data, attempt, since);
    const handed = await this.#handover.take(delivery, ASKED_FOR);
    if (handed.again === undefined) return handed.outcome;
    facts.set("showing", { at: handed.again, tries: attempt + 1, since });
    return null;
  }

  /** The data as it is by now; `null` where there is nothing to tell any more. */
  async #fresh({ alias }: KeptDelivery, data: string): Promise<string | null> {
    const dialog = dialogNamed(this.#room, alias);
    if (!dialog) return null;
    if (!dialog.refresh) return data;
    const { profile } = await this.#room.memory.bot();
    const system = await this.#room.ports.system(profile, true);
    const fresh = await dialog.refresh(dataOf(dialog, data), system);
    return fresh === null ? null : carried(fresh);
  }

  async #delivery(one: KeptDelivery, data: string, attempt: number, since: number): Promise<Delivery> {
    const { memory, ports } = this.#room;
    const { callId, seq, alias, userId, expiresAt } = one;
    const critical = false;
    const [lead, { profile: bot }] = await Promise.all([memory.lead(), memory.bot()]);
    const until = ports.now() + LEASE_MS;
    const address = memory.address();
    return {
      callId,
      seq,
      alias,
      userId,
      expiresAt,
      data,
      critical,
      until,
      attempt,
      since,
      lead,
      bot,
      address,
    };
  }

  #putOff(one: KeptDelivery, error: unknown): void {
    const { facts, kept, deliveries, sql, ports } = this.#room;
    const { tries, since } = facts.get("showing") ?? { tries: 0, since: ports.now() };
    const next = afterFailure(error, { tries, since, now: ports.now() });
    ports.log("kept-not-shown", { callId: one.callId, seq: one.seq, ...errorFacts(error), next: next.kind });
    sql.transaction(() => {
      if (next.kind === "retry") return facts.set("showing", { at: next.at, tries: tries + 1, since });
      deliveries.settle(one, next.outcome, ports.now());
      kept.remove(one);
      this.#next();
    });
  }
}
