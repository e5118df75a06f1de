import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { DeliveryChunk, Recipient } from "../../contract/delivery.ts";
import { LeadProfile } from "../../contract/lead.ts";
import type { OutcomeRecord } from "../../contract/ports.ts";
import type { BroadcastPorts } from "../../durable-objects/broadcast/ports.ts";
import type { Plan } from "../../durable-objects/broadcast/round.ts";
import { Sending, type Turn } from "../../durable-objects/broadcast/sending.ts";
import { Waiting } from "../../durable-objects/broadcast/waiting.ts";
import { beginning, takeShare } from "../../durable-objects/pacer/pace.ts";
import { house } from "./queue-by-hand.ts";

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;

/** Messages a second that the bot of a stand may send. */
const RATE = 30;

const plan: Plan = {
  callId: "call",
  botId: "1",
  alias: "post/new",
  critical: false,
  sendAt: null,
  expiresAt: null,
  isResolving: false,
};

const recipient = (seq: number): Recipient => ({
  seq,
  userId: null,
  channel: "telegram",
  externalId: String(seq),
  lead: LeadProfile.parse({ leadId: seq, firstName: "Анна", language: "ru", person: null }),
});

/** A broadcast's sending by itself, on a clock that a test moves; the queue keeps what is put into it. */
class Stand {
  now = 1_000_000;
  readonly queue: DeliveryChunk[] = [];
  readonly recorded: OutcomeRecord[] = [];
  readonly waiting: Waiting;
  readonly #sending: Sending;
  readonly #ports: BroadcastPorts;
  #pace = beginning(RATE, this.now);
  #cursor = -1;

  constructor(sql: SqlStorage, people: number) {
    this.waiting = new Waiting(sql);
    this.#sending = new Sending(this.waiting, this.now, false);
    this.#ports = {
      ledger: {
        ...house.ledger,
        underWay: async (_, after, limit) =>
          Array.from({ length: Math.max(0, Math.min(limit, people - after - 1)) }, (_, at) =>
            recipient(after + 1 + at),
          ),
        record: async (lines) => void this.recorded.push(...lines),
      },
      log: house.log,
      queue: async (chunks) => void this.queue.push(...chunks),
      takeSlots: async (_botId, _channel, ask) => {
        const { pace, grant } = takeShare(this.#pace, ask, this.now);
        this.#pace = pace;
        return grant;
      },
      noteQueueAge: async () => {},
    };
  }

  turn(): Promise<Turn> {
    return this.#sending.turn(plan, this.#cursor, {
      ports: this.#ports,
      now: () => this.now,
      isOpen: () => true,
      passed: (cursor) => {
        this.#cursor = cursor;
      },
    });
  }

  /** When the next turn is, in milliseconds from now; `null` where everybody is through. */
  async waits(): Promise<number | null> {
    const turn = await this.turn();
    return turn.kind === "wait" ? turn.until - this.now : null;
  }

  /** Takes turns, each when the one before says, for `ms`; true where everybody is through before that. */
  async runs(ms: number): Promise<boolean> {
    const end = this.now + ms;
    while (this.now < end) {
      const wait = await this.waits();
      if (wait === null) return true;
      this.now = Math.min(end, this.now + Math.max(1, wait));
    }
    return false;
  }

  /** The consumer found the messenger out of order, with each chunk that is in the queue. */
  areDown(): void {
    for (const { chunk } of this.queue.splice(0))
      this.#sending.report({ chunk, again: [], isDown: true, quietUntil: null, queueAgeMs: 0 }, this.now);
  }
}

let stands = 0;

/** Plays on a stand with so many people, and an object's own rows. */
function onStand(people: number, play: (stand: Stand) => Promise<void>): Promise<void> {
  stands += 1;
  const object = env.BROADCASTS.getByName(`stand-${stands}`);
  return runInDurableObject(object, (_, state) => play(new Stand(state.storage.sql, people)));
}

describe("the sending of a broadcast", () => {
  it("has no more out than leaves in a second and a half, however long the queue is stuck", () =>
    onStand(10_000, async (stand) => {
      await stand.runs(9 * SECOND);

      const mayLeave = stand.queue.filter(({ until }) => until > stand.now);

      expect(mayLeave.flatMap(({ recipients }) => recipients).length).toBeLessThanOrEqual(1.5 * RATE);
    }));

  it("looks again soon, but not without a pause, while nobody may be added to those who are out", () =>
    onStand(10_000, async (stand) => {
      await stand.runs(5 * SECOND);
      const out = stand.queue.length;
      stand.waiting.put({ ...recipient(9_999), attempt: 1, since: stand.now }, stand.now, false);

      const wait = await stand.waits();

      expect(stand.queue).toHaveLength(out);
      expect(wait).toBeGreaterThanOrEqual(100);
      expect(wait).toBeLessThanOrEqual(SECOND);
    }));

  it("takes it for one outage where chunks that were out together found the messenger out of order", () =>
    onStand(10_000, async (stand) => {
      await stand.runs(2 * SECOND);
      expect(stand.queue.length).toBeGreaterThan(2);

      stand.areDown();

      expect(await stand.waits()).toBe(SECOND);
    }));

  it("gives up whom nobody ever reports on after a day, and the ledger says so", () =>
    onStand(1, async (stand) => {
      const began = stand.now;

      const isThrough = await stand.runs(26 * HOUR);

      expect(isThrough).toBe(true);
      expect(stand.recorded).toEqual([
        {
          callId: "call",
          seq: 0,
          outcome: { state: "failed", reason: "undeliverable" },
          at: expect.any(Number),
        },
      ]);
      expect(stand.recorded[0]?.at).toBeGreaterThan(began + 24 * HOUR);
    }));
});
