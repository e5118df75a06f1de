import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, demo } from "./demo.ts";
import { chatOf, keptOf, MINUTE, notThe, openLink, pass, someone, tokenFor } from "./linking-world.ts";
import { Network } from "./network.ts";

const HOUR = 60 * MINUTE;
const EVERY_ALIAS = ["*"];

beforeEach(async () => {
  // Three quarters of an hour before the next hour begins.
  vi.useFakeTimers({ toFake: ["Date"], now: Math.ceil(Date.now() / HOUR) * HOUR + 15 * MINUTE });
  await demo(new Network());
});

afterEach(() => {
  vi.useRealTimers();
});

/** A token that has brought so many wrong PINs within this hour. */
async function tokenAfter(wrong: number) {
  const token = await tokenFor(EVERY_ALIAS);
  await env.DB.prepare("UPDATE api_tokens SET hour = ?, wrong_pins_in_hour = ? WHERE id = ?")
    .bind(Math.floor(Date.now() / HOUR), wrong, token.id)
    .run();
  return token;
}

const countOf = async (id: string) =>
  (
    await env.DB.prepare("SELECT wrong_pins_in_hour AS wrong FROM api_tokens WHERE id = ?")
      .bind(id)
      .first<{ wrong: number }>()
  )?.wrong;

const noBuid = () => crypto.randomUUID().replaceAll("-", "").slice(0, 16);

describe("who guesses at one BUID", () => {
  it("has its five attempts, from however many tokens", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const tokens = await Promise.all(Array.from({ length: 6 }, () => tokenFor(EVERY_ALIAS)));

    const codes: unknown[] = [];
    for (const { headers } of tokens) {
      const { answer } = await call("authorize", { buid, pin: notThe(pin) }, headers);
      codes.push(answer.attemptsLeft ?? answer.errorCode);
    }

    expect(codes).toEqual([4, 3, 2, 1, "pin-burnt", "pin-burnt"]);
    expect((await call("authorize", { buid, pin })).answer).toMatchObject({ errorCode: "pin-burnt" });
  });

  it("pays no attempt for a request that is repeated under its key, and gets the same answer", async () => {
    const { id, headers } = await tokenAfter(0);
    const { buid, pin } = await openLink(await chatOf(someone()));
    const keyed = { ...headers, "Idempotency-Key": "a wrong one" };

    const first = await call("authorize", { buid, pin: notThe(pin) }, keyed);
    for (let at = 0; at < 7; at += 1) {
      const again = await call("authorize", { buid, pin: notThe(pin) }, keyed);
      expect(again.answer).toEqual(first.answer);
      expect(again.response.headers.get("Idempotent-Replayed")).toBe("true");
    }

    expect((await keptOf(buid)).pin).toMatchObject({ attemptsLeft: 4 });
    expect(await countOf(id)).toBe(1);
  });

  it("gets nothing by another PIN under the same key, and pays nothing for it", async () => {
    const { id, headers } = await tokenAfter(0);
    const { buid, pin } = await openLink(await chatOf(someone()));
    const keyed = { ...headers, "Idempotency-Key": "two PINs" };
    await call("authorize", { buid, pin: notThe(pin) }, keyed);

    expect((await call("authorize", { buid, pin }, keyed)).answer).toMatchObject({ errorCode: 409 });
    expect((await call("authorize", { buid, pin })).answer).toMatchObject({ success: true });
    expect(await countOf(id)).toBe(1);
  });
});

describe("a token that guesses at many BUIDs", () => {
  it("is turned away after 100 wrong ones within an hour, with the right one too, and told when to come back", async () => {
    const { headers } = await tokenAfter(99);
    const { buid, pin } = await openLink(await chatOf(someone()));
    expect((await call("authorize", { buid: noBuid(), pin: "000000" }, headers)).response.status).toBe(200);
    pass(MINUTE + 500);

    for (const params of [
      { buid: noBuid(), pin: "000000" },
      { buid, pin },
    ]) {
      const { response, answer } = await call("authorize", params, headers);
      expect([response.status, response.headers.get("Retry-After")]).toEqual([429, String(44 * 60)]);
      expect(answer).toEqual({ success: false, message: expect.any(String) });
    }
    expect((await keptOf(buid)).pin).toMatchObject({ attemptsLeft: 5, usedBy: null });
  });

  it("hurts no other token, and nothing else of its own", async () => {
    const { headers } = await tokenAfter(100);
    const { buid, pin } = await openLink(await chatOf(someone()));

    expect((await call("authorize", { buid, pin }, headers)).response.status).toBe(429);
    expect((await call("identify", { token: "none" }, headers)).response.status).toBe(200);
    expect((await call("authorize", { buid, pin })).answer).toMatchObject({ success: true });
  });

  it("begins anew with the next hour, also with the very key that was turned away", async () => {
    const { id, headers } = await tokenAfter(100);
    const { buid, pin } = await openLink(await chatOf(someone()));
    const keyed = { ...headers, "Idempotency-Key": "turned away" };
    expect((await call("authorize", { buid, pin: notThe(pin) }, keyed)).response.status).toBe(429);
    pass(45 * MINUTE - 1);
    expect((await call("authorize", { buid, pin: notThe(pin) }, keyed)).response.status).toBe(429);

    pass(1);

    expect((await call("authorize", { buid, pin: notThe(pin) }, keyed)).answer).toMatchObject({
      errorCode: "pin-expired",
    });
    expect(await countOf(id)).toBe(1);
  });

  it("pays nothing for right ones, and may bring a wrong one more for each", async () => {
    const { id, headers } = await tokenAfter(99);

    for (let at = 1; at <= 5; at += 1) {
      const { buid, pin } = await openLink(await chatOf(someone()));
      expect((await call("authorize", { buid, pin }, headers)).answer).toMatchObject({ success: true });
      await vi.waitUntil(async () => (await countOf(id)) === 99 - at);
    }
  });

  it("at the same moment is counted too", async () => {
    const { id, headers } = await tokenAfter(90);

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => call("authorize", { buid: noBuid(), pin: "000000" }, headers)),
    );

    expect(answers.filter(({ response }) => response.status === 200)).toHaveLength(10);
    expect(answers.filter(({ response }) => response.status === 429)).toHaveLength(30);
    expect(await countOf(id)).toBe(100);
  });

  it("pays for PINs that are burnt, expired or used as for wrong ones", async () => {
    const { id, headers } = await tokenAfter(0);
    const { buid, pin } = await openLink(await chatOf(someone()));
    await call("authorize", { buid, pin });

    await call("authorize", { buid, pin }, headers);

    expect(await countOf(id)).toBe(1);
  });
});
