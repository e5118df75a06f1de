import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { database } from "../../schema/database.ts";
import { type KeyedCall, keepAnswer, letGo, sweepKeys, takeKey } from "../../schema/idempotency.ts";

const db = database(env.DB);
const HOUR = 60 * 60 * 1000;

const keyed = (key: string, more: Partial<KeyedCall> = {}): KeyedCall => ({
  tokenId: "t",
  botId: "1",
  key,
  bodyHash: "body",
  callId: crypto.randomUUID(),
  now: new Date(100 * HOUR),
  ...more,
});

describe("an idempotency key", () => {
  it("lets one of a hundred go that come at the same time", async () => {
    const states = await Promise.all(Array.from({ length: 100 }, () => takeKey(db, keyed("hundred"))));

    expect(states.filter(({ kind }) => kind === "go")).toHaveLength(1);
    expect(states.filter(({ kind }) => kind === "running")).toHaveLength(99);
  });

  it("replays the answer, and refuses another body", async () => {
    const call = keyed("replay");
    await takeKey(db, call);
    await keepAnswer(db, call, '{"success":true}');

    expect(await takeKey(db, keyed("replay"))).toEqual({ kind: "replay", answer: '{"success":true}' });
    expect(await takeKey(db, keyed("replay", { bodyHash: "other" }))).toEqual({ kind: "other-body" });
  });

  it("of one token or bot says nothing to another", async () => {
    await takeKey(db, keyed("mine"));

    expect(await takeKey(db, keyed("mine", { tokenId: "other" }))).toMatchObject({ kind: "go" });
    expect(await takeKey(db, keyed("mine", { botId: "2" }))).toMatchObject({ kind: "go" });
  });

  it("of a call that failed goes to the next one, under the same call id", async () => {
    const first = keyed("failed");
    await takeKey(db, first);
    await letGo(db, first);

    expect(await takeKey(db, keyed("failed"))).toEqual({ kind: "go", callId: first.callId });
  });

  it("of a call that was cut short is taken over after a minute, by one", async () => {
    const first = keyed("cut");
    await takeKey(db, first);
    const later = new Date(first.now.getTime() + 61_000);

    const states = await Promise.all(
      Array.from({ length: 10 }, () => takeKey(db, keyed("cut", { now: later }))),
    );

    expect(states.filter(({ kind }) => kind === "go")).toEqual([{ kind: "go", callId: first.callId }]);
  });

  it("is good for 24 hours, and then starts anew", async () => {
    const first = keyed("old");
    await takeKey(db, first);
    await keepAnswer(db, first, "{}");

    const before = await takeKey(db, keyed("old", { now: new Date(first.now.getTime() + 23 * HOUR) }));
    const after = keyed("old", { now: new Date(first.now.getTime() + 25 * HOUR) });

    expect(before.kind).toBe("replay");
    expect(await takeKey(db, after)).toEqual({ kind: "go", callId: after.callId });
    expect(await takeKey(db, keyed("old", { now: after.now }))).toEqual({ kind: "running" });
  });

  it("that is too old is thrown away, one that is not stays", async () => {
    const [old, young] = [keyed("swept"), keyed("kept", { now: new Date(120 * HOUR) })];
    await takeKey(db, old);
    await takeKey(db, young);

    await sweepKeys(db, new Date(125 * HOUR));

    const { results } = await env.DB.prepare(
      "SELECT key FROM idempotency_keys WHERE key IN ('swept', 'kept')",
    ).all();
    expect(results).toEqual([{ key: "kept" }]);
  });
});
