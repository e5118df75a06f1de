import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { PacerStatus } from "../../durable-objects/pacer/pacer.ts";
import { database } from "../../schema/database.ts";
import { type Findings, healthOf, problemsOf } from "../../workers/call/health/health.ts";
import { type House, houseFrom } from "../../workers/house.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

const NOW = 10_000_000;
const paced: PacerStatus = { ceiling: 30, perSecond: 30, heldUntil: null, calls: 1, queueAgeMs: 300 };
const well: Findings = {
  webhook: { isSet: true, pendingUpdates: 0, lastErrorAt: null, lastErrorMessage: null },
  pacer: paced,
  deadLetters: 0,
  now: NOW,
};
const webhook = (change: object) => ({
  ...well,
  webhook: { isSet: true, pendingUpdates: 0, ...change } as Findings["webhook"],
});
const pacer = (change: Partial<PacerStatus>): Findings => ({ ...well, pacer: { ...paced, ...change } });

describe("the problems of a bot", () => {
  it("are none where all is well, and an error of the webhook is long over", () => {
    expect(problemsOf(well)).toEqual([]);
    expect(
      problemsOf(webhook({ lastErrorAt: NOW - 600_000, lastErrorMessage: "Connection refused" })),
    ).toEqual([]);
  });

  it.each<[string, Findings]>([
    ["webhook-unknown", { ...well, webhook: null }],
    ["webhook-not-set", webhook({ isSet: false, lastErrorAt: null })],
    ["webhook-failing", webhook({ lastErrorAt: NOW - 599_000, lastErrorMessage: "500" })],
    ["channel-holds", pacer({ heldUntil: NOW + 1, perSecond: 0 })],
    ["queue-slow", pacer({ queueAgeMs: 60_001 })],
    ["dead-letters", { ...well, deadLetters: 1 }],
    ["pacer-unknown", { ...well, pacer: null }],
    ["counts-unknown", { ...well, deadLetters: null }],
  ])("are %s", (problem, findings) => {
    expect(problemsOf(findings)).toEqual([problem]);
  });
});

describe("the health of a bot", () => {
  it("is told though the pacer and the database's counts are out of reach, and says so", async () => {
    await demo(new Network());
    const house = houseFrom(env);
    const bot = await house.bots.find("1");
    if (!bot) throw new Error("The demo has no bot");
    const fails = () => Promise.reject(new Error("Out of reach"));
    const down = new Proxy(env.DB, { get: () => () => ({ bind: () => ({ raw: fails, all: fails }) }) });
    const log = vi.fn<House["log"]>();
    const broken = { ...house, log, db: database(down), pacer: () => ({ status: fails }) as never };

    const health = await healthOf(bot, null, broken);

    expect(health).toMatchObject({ ok: false, pace: null, queueAgeMs: null, deadLetters: null, calls: null });
    expect(health.problems).toEqual(expect.arrayContaining(["pacer-unknown", "counts-unknown"]));
    expect(log.mock.calls.map(([event]) => event)).toEqual(
      expect.arrayContaining(["pacer-not-told", "counts-not-told"]),
    );
  });
});
