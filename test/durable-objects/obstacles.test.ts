import { createMessageBatch, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import type { DeadLetter } from "../../contract/dead-letter.ts";
import { communication } from "../../dialogs/communication.ts";
import type { TalkPorts } from "../../durable-objects/conversation/ports.ts";
import { QUEUES } from "../../workers/queues/names.ts";
import { record } from "../../workers/queues/record.ts";
import { demo, messageOf } from "../workers/demo.ts";
import { Network, telegramRefuses } from "../workers/network.ts";
import { FakeTelegram } from "./faults/fake-telegram.ts";
import { consume, house, queueOf } from "./queue-by-hand.ts";
import {
  acceptNews,
  conversationOf,
  crash,
  eventually,
  ledgerOf,
  NEWS,
  pushTo,
  type Stage,
  setStage,
  stateOf,
  tapOf,
} from "./stage.ts";

let network: Network;
let stages = 10_000;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  stages += 1;
});

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const broadcastOf = ({ callId }: { callId: string }) => env.BROADCASTS.getByName(callId);

/** Moves a broadcast's clock on by `ms`, and rings its alarm whenever it is set, until `holds`. */
async function passes(ms: number, call: { callId: string }, holds: () => Promise<boolean>): Promise<void> {
  await runInDurableObject(broadcastOf(call), (broadcast) => {
    (broadcast as unknown as { clock: () => number }).clock = () => Date.now() + ms;
  });
  await eventually(async () => {
    await runDurableObjectAlarm(broadcastOf(call));
    return holds();
  });
}

/** How many recipients are in which state, with its reason. */
async function states(callId: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const state of (await ledgerOf(callId)).values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

const gotNews = (chat: number) => network.texts(chat).filter((text) => text.includes(NEWS)).length;

/** A dialog in place of the real one whose code fails. */
const broken = communication({
  alias: "post/new",
  summary: "Fails",
  map: { section: "Test", event: "Something", communication: "Somebody is told", description: "" },
  example: {},
  params: z.strictObject({}),
  data: z.looseObject({}),
  audience: () => ({ userIds: [] }),
  prepare: async () => ({}),
  answers: {},
  steps: {
    async start() {
      throw new TypeError("a mistake of the bot developer");
    },
  },
});

/** Has the communications' code fail in one chat. */
async function breakCodeFor(stage: Stage, chat: number): Promise<void> {
  await runInDurableObject(conversationOf(stage, chat), (conversation) => {
    const inside = conversation as unknown as { ports(clock: () => number): TalkPorts };
    const ports = inside.ports.bind(conversation);
    inside.ports = (clock) => ({
      ...ports(clock),
      dialogs: (botId) => ({ ...dialogsOfBot(botId), find: () => broken }),
    });
  });
}

describe("a communication whose code throws", () => {
  it("for one recipient in a hundred ends failed there, with its cause put by, and holds up nobody else", async () => {
    const stage = await setStage(stages, 100);
    await env.DB.prepare("UPDATE bots SET per_second = 300 WHERE id = ?").bind(stage.botId).run();
    const unlucky = stage.people[49] ?? 0;
    await breakCodeFor(stage, unlucky);
    const call = await acceptNews(stage);

    await broadcastOf(call).start(call);
    await eventually(async () => (await states(call.callId)).sent === 99);
    expect(await states(call.callId)).toEqual({ sent: 99, "deferred: step-failed": 1 });
    await passes(10 * MINUTE, call, async () => (await stateOf(call)) === "finished");

    expect((await ledgerOf(call.callId)).get(unlucky)).toBe("failed: step-failed");
    expect(stage.people.map(gotNews)).toEqual(stage.people.map((id) => (id === unlucky ? 0 : 1)));
    const letter = () =>
      env.DB.prepare("SELECT kind, reason, cause FROM dead_letters WHERE call_id = ?")
        .bind(call.callId)
        .first();
    await eventually(async () => (await letter()) !== null);
    expect(await letter()).toMatchObject({
      kind: "delivery",
      reason: "step-failed",
      cause: expect.stringMatching(/^TypeError/),
    });
  });
});

describe("a tap whose acknowledgement hangs", () => {
  it("keeps neither the next question from the person, nor them from answering it", async () => {
    const telegram = new FakeTelegram(network);
    const stage = await setStage(stages, 1);
    const [anna = 0] = stage.people;
    const says = (words: string) => telegram.texts(anna).some((text) => text.includes(words));
    const call = await acceptNews(stage);
    await broadcastOf(call).start(call);
    await eventually(() => says(NEWS));
    telegram.strike(anna, { fault: "slow", method: "answerCallbackQuery", words: "", isHeld: false });

    await pushTo(stage, tapOf(anna, telegram.button(anna, "Ответить")));
    await eventually(() => says("Напишите ваш ответ"));
    await pushTo(stage, messageOf(anna, { text: "Поздравляю!" }));
    await eventually(() => says("Готово"));

    expect(telegram.acknowledged(anna)).toBe(0);
    telegram.letGo(anna);
  });
});

describe("a chat that has moved", () => {
  it("ends blocked, its lead is marked as gone, and everybody else is told", async () => {
    const stage = await setStage(stages, 3);
    const moved = stage.people[1] ?? 0;
    network.answerers.unshift(({ body }) =>
      body.chat_id === moved
        ? telegramRefuses(400, "Bad Request: group chat was upgraded to a supergroup chat", {
            migrate_to_chat_id: -100,
          })
        : undefined,
    );
    const call = await acceptNews(stage);

    await broadcastOf(call).start(call);
    await eventually(async () => (await stateOf(call)) === "finished");

    expect(await states(call.callId)).toEqual({ sent: 2, "blocked: channel-gone": 1 });
    const lead = await env.DB.prepare("SELECT status FROM leads WHERE id = ?").bind(moved).first();
    expect(lead).toEqual({ status: "deleted" });
  });
});

describe("the delivery queue", () => {
  it("that brings what is not ours puts it by, and goes on with what came in the same batch", async () => {
    const stage = await setStage(stages, 2);
    const call = await acceptNews(stage);
    const queue = await queueOf(call.callId);
    const letters: DeadLetter[] = [];
    const keeps = { ...house, bury: async (more: readonly DeadLetter[]) => void letters.push(...more) };
    await broadcastOf(call).start(call);
    await eventually(() => queue.length > 0);

    const poison = [null, "text", { callId: call.callId }, { ...queue[0], recipients: [{ seq: "one" }] }];
    await consume([...poison, ...queue.splice(0)], keeps);
    await eventually(async () => (await stateOf(call)) === "finished");

    expect(await states(call.callId)).toEqual({ sent: 2 });
    expect(letters).toEqual(
      poison.map((body) => ({
        kind: "message",
        queue: "beseda-deliveries",
        body,
        reason: "not-understood",
        cause: null,
      })),
    );
  });

  it("that loses messages delays those in them, each of whom is told once", async () => {
    const stage = await setStage(stages, 20);
    const call = await acceptNews(stage);
    const queue = await queueOf(call.callId);
    await broadcastOf(call).start(call);
    const inQueue = () => queue.reduce((sum, { recipients }) => sum + recipients.length, 0);
    await eventually(() => inQueue() === 20);
    queue.splice(0);

    await passes(MINUTE, call, async () => {
      await consume(queue.splice(0));
      return (await stateOf(call)) === "finished";
    });

    expect(await states(call.callId)).toEqual({ sent: 20 });
    expect(stage.people.map(gotNews)).toEqual(stage.people.map(() => 1));
  });
});

describe("a broadcast that dies while messages of its are in the queue", () => {
  it("goes on by itself, long before their leases are over", async () => {
    const stage = await setStage(stages, 3);
    const call = await acceptNews(stage);
    const queue = await queueOf(call.callId);
    await broadcastOf(call).start(call);
    await eventually(() => queue.length > 0);

    const died = Date.now();
    await crash(broadcastOf(call));
    await eventually(async () => (await stateOf(call)) === "finished");

    expect(Date.now() - died).toBeLessThan(10 * SECOND);
    expect(stage.people.map(gotNews)).toEqual([1, 1, 1]);
  });
});

describe("the queue of records", () => {
  it("whose consumer is killed between the ledger and the dead letters has both in the end", async () => {
    const stage = await setStage(stages, 1);
    const { callId, botId } = await acceptNews(stage);
    const outcome = { state: "failed", reason: "step-failed", cause: "TypeError: at somewhere" } as const;
    const body = { kind: "outcome", botId, callId, seq: 0, outcome, at: Date.now() };
    const batch = () =>
      createMessageBatch(QUEUES.records, [{ id: "1", timestamp: new Date(), attempts: 1, body }]);
    const letters: DeadLetter[] = [];
    const keeps = { ...house, bury: async (more: readonly DeadLetter[]) => void letters.push(...more) };
    const dies = () => Promise.reject(new Error("killed"));

    await expect(record(batch(), { ...keeps, bury: dies })).rejects.toThrow("killed");
    await record(batch(), keeps);

    expect(await states(callId)).toEqual({ "failed: step-failed": 1 });
    expect(letters).toEqual([
      { kind: "delivery", botId, callId, seq: 0, reason: "step-failed", cause: "TypeError: at somewhere" },
    ]);
  });
});
