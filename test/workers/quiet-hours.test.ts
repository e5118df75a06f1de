import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Candidate } from "../../contract/delivery.ts";
import type { ChunkReport } from "../../durable-objects/broadcast/ports.ts";
import type { House } from "../../workers/house.ts";
import { consume, house } from "../durable-objects/queue-by-hand.ts";
import { acceptNews, eventually, ledgerOf, type Stage, setStage } from "../durable-objects/stage.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

let network: Network;
let stages = 70_000;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  stages += 1;
});

const NIGHT = Date.parse("2026-11-21T23:30:00+03:00");
const MORNING = Date.parse("2026-11-22T08:00:00+03:00");

/** A stage whose bot lets people sleep. */
async function quietStage(people: number, from = "22:00", until = "08:00", timeZone = "Europe/Moscow") {
  const stage = await setStage(stages, people);
  await env.DB.prepare("UPDATE bots SET quiet_from = ?, quiet_until = ?, time_zone = ? WHERE id = ?")
    .bind(from, until, timeZone, stage.botId)
    .run();
  return stage;
}

/** The queue brings a chunk of a call at a time; what its broadcast is told, and whose conversations were asked. */
async function bring(
  stage: Stage,
  change: { now: number; until: number; attempts?: readonly number[]; isCritical?: boolean },
) {
  const { now, until, attempts = [], isCritical = false } = change;
  const call = await acceptNews(stage);
  await env.DB.prepare("UPDATE calls SET critical = ? WHERE id = ?")
    .bind(Number(isCritical), call.callId)
    .run();
  const underWay = await house.ledger.underWay(call.callId, -1, 10);
  const recipients = underWay.map(
    (one, at): Candidate => ({ ...one, attempt: attempts[at] ?? 0, since: now - 1 }),
  );
  const reports: ChunkReport[] = [];
  const asked: string[] = [];
  const begin = async ({ address }: { address: { externalId: string } }) => {
    asked.push(address.externalId);
    return { outcome: { state: "sent" } };
  };
  const watched = {
    ...house,
    now: () => now,
    broadcast: () => ({ report: async (report: ChunkReport) => void reports.push(report) }),
    conversation: () => ({ begin }),
  } as unknown as House;
  await consume([{ ...call, chunk: 0, until, recipients }], watched);
  return { callId: call.callId, recipients, report: reports[0], asked };
}

describe("in a bot's quiet hours", () => {
  it("a chunk is put off to their end as a whole: it has not failed, and nobody's chat is asked", async () => {
    const stage = await quietStage(2);

    const { callId, recipients, report, asked } = await bring(stage, { now: NIGHT, until: NIGHT + 8_000 });

    expect(asked).toEqual([]);
    expect(report).toMatchObject({ chunk: 0, isDown: false, quietUntil: MORNING });
    expect(report?.again).toEqual(
      recipients.map((candidate) => ({
        candidate: { ...candidate, since: 0 },
        at: MORNING,
        isFailure: false,
        isKnown: true,
      })),
    );
    expect([...(await ledgerOf(callId)).values()]).toEqual([
      "deferred: quiet-hours",
      "deferred: quiet-hours",
    ]);
  });

  it("of somebody who was tried before nobody claims to know that they have nothing", async () => {
    const stage = await quietStage(2);

    const { report } = await bring(stage, { now: NIGHT, until: NIGHT + 8_000, attempts: [0, 1] });

    expect(report?.again.map(({ isKnown }) => isKnown)).toEqual([true, false]);
  });

  it("a question after those who may have been told is asked", async () => {
    const stage = await quietStage(1);

    const { report, asked } = await bring(stage, { now: NIGHT, until: 0 });

    expect(asked).toEqual(stage.people.map(String));
    expect(report?.again).toEqual([]);
  });

  it("what is critical goes through", async () => {
    const stage = await quietStage(1);

    const { asked } = await bring(stage, { now: NIGHT, until: NIGHT + 8_000, isCritical: true });

    expect(asked).toEqual(stage.people.map(String));
  });

  it("is what the bot's time zone says: in the morning everybody is told", async () => {
    const stage = await quietStage(1);

    const { asked } = await bring(stage, { now: MORNING, until: MORNING + 8_000 });

    expect(asked).toEqual(stage.people.map(String));
  });

  it("a call waits, with most of its people not even handed out, and goes out at their end", async () => {
    const HOUR = 60 * 60_000;
    const clock = (at: number) => new Date(at).toISOString().slice(11, 16);
    const stage = await quietStage(90, clock(Date.now() - HOUR), clock(Date.now() + HOUR), "UTC");
    const call = await acceptNews(stage);
    const broadcast = env.BROADCASTS.getByName(call.callId);
    const count = async (state: string) =>
      [...(await ledgerOf(call.callId)).values()].filter((one) => one === state).length;

    await broadcast.start(call);
    await eventually(async () => (await count("deferred: quiet-hours")) > 0);
    for (let time = 0; time < 10; time += 1) await runDurableObjectAlarm(broadcast);
    expect(await count("queued")).toBeGreaterThan(30);
    expect(stage.people.flatMap((chat) => network.texts(chat))).toEqual([]);

    await env.DB.prepare("UPDATE bots SET quiet_from = NULL WHERE id = ?").bind(stage.botId).run();
    await runInDurableObject(broadcast, (object) => {
      (object as unknown as { clock: () => number }).clock = () => Date.now() + HOUR;
    });
    await eventually(async () => {
      await runDurableObjectAlarm(broadcast);
      return (await count("sent")) === 90;
    });
    expect(stage.people.map((chat) => network.texts(chat).length)).toEqual(Array(90).fill(1));
  });
});
