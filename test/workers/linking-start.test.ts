import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  MINUTE,
  pass,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
  systemAnswers,
  take,
} from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  network = new Network();
  await demo(network);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Makes a link from the site; its token. */
async function start(userId: number | string): Promise<string> {
  const { answer } = await call("link/start", { userId });
  const token = /\?start=([0-9A-Za-z]{32})$/.exec(String(answer.url))?.[1];
  if (!token) throw new Error(`No link from the site: ${JSON.stringify(answer)}`);
  return token;
}

describe("a link from the site into the messenger", () => {
  it("opens the bot, is good for ten minutes, and is kept as a hash alone", async () => {
    const userId = someone();
    const { answer } = await call("link/start", { userId });

    expect(answer).toEqual({
      success: true,
      url: expect.stringMatching(/^https:\/\/t\.me\/beseda_demo_bot\?start=[0-9A-Za-z]{32}$/),
      expiresAt: new Date(Date.now() + 10 * MINUTE).toISOString(),
    });
    const token = String(answer.url).slice(-32);
    const { results } = await env.DB.prepare("SELECT * FROM link_tokens WHERE web_user_id = ?")
      .bind(String(userId))
      .all();
    expect(results).toHaveLength(1);
    expect(JSON.stringify(results)).not.toContain(token);
    expect(await take(await strangerIn(), token)).toEqual({ kind: "good", userId: String(userId) });
  });

  it("is made for nobody whom the main system does not know; while it is silent, not for now", async () => {
    let status = 404;
    systemAnswers(network, 404, () => status === 404);
    systemAnswers(network, 503, () => status === 503);

    expect((await call("link/start", { userId: "nobody" })).answer).toMatchObject({
      success: false,
      errorCode: "user-not-found",
    });
    status = 503;
    const userId = someone();
    expect((await call("link/start", { userId })).answer).toMatchObject({ errorCode: "system-unavailable" });
    status = 200;
    expect((await call("link/start", { userId })).answer).toMatchObject({ success: true });
  });

  it("is another one each time, and ends the one before, also under one key", async () => {
    const userId = someone();
    const leadId = await strangerIn();
    const headers = { "Idempotency-Key": "one key" };
    const [first, second] = [
      await call("link/start", { userId }, headers),
      await call("link/start", { userId }, headers),
    ];

    expect(second.answer.url).not.toBe(first.answer.url);
    expect(await take(leadId, String(first.answer.url).slice(-32))).toEqual({ kind: "expired" });
    expect(await take(leadId, String(second.answer.url).slice(-32))).toMatchObject({ kind: "good" });
  });

  it("ends no other user's, but the one before also where that was taken", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await strangerIn();
    const [taken, others] = [await start(userId), await start(other)];
    await take(leadId, taken);

    await start(userId);

    expect(await take(leadId, taken)).toEqual({ kind: "expired" });
    expect(await take(await strangerIn(), others)).toEqual({ kind: "good", userId: String(other) });
  });

  it("is taken by one chat, however many open it at the same moment; by that one again and again", async () => {
    for (let round = 0; round < 5; round += 1) {
      const userId = someone();
      const token = await start(userId);
      const leads = await Promise.all(Array.from({ length: 10 }, () => strangerIn()));

      const taken = await Promise.all(leads.map((leadId) => take(leadId, token)));

      const good = leads.filter((_, at) => taken[at]?.kind === "good");
      expect(good).toHaveLength(1);
      expect(taken.filter(({ kind }) => kind === "used")).toHaveLength(9);
      const again = await Promise.all(leads.map((leadId) => take(leadId, token)));
      expect(again).toEqual(taken);
    }
  });

  it("is over after ten minutes, for whoever has taken it too", async () => {
    const [token, untaken] = [await start(someone()), await start(someone())];
    const leadId = await strangerIn();
    await take(leadId, token);
    pass(10 * MINUTE - 1);
    expect(await take(leadId, token)).toMatchObject({ kind: "good" });

    pass(1);

    expect(await take(leadId, token)).toEqual({ kind: "expired" });
    expect(await take(leadId, untaken)).toEqual({ kind: "expired" });
  });

  it.each(["", "site", "0".repeat(32), "' OR 1=1 --"])("is none: %j", async (token) => {
    await start(someone());

    expect(await take(await strangerIn(), token)).toEqual({ kind: "expired" });
  });

  it("is no link at another bot", async () => {
    const token = await start(someone());
    await env.DB.prepare("UPDATE link_tokens SET bot_id = '2' WHERE lead_id IS NULL").run();

    expect(await take(await strangerIn(), token)).toEqual({ kind: "expired" });
  });

  it.each([
    ["linked", true],
    ["not linked yet", false],
  ])("dies with unlink, where the user is %s", async (_how, isLinked) => {
    const userId = someone();
    if (isLinked) await chatOf(userId);
    const [leadId, taken] = [await strangerIn(), await start(userId)];
    await take(leadId, taken);
    const token = await start(userId);

    await call("unlink", { userId });

    expect((await take(leadId, taken)).kind).not.toBe("good");
    expect((await take(await strangerIn(), token)).kind).not.toBe("good");
  });

  it("dies where the user signs out of their last chat, and not before", async () => {
    const userId = someone();
    const [one, two] = [await chatOf(userId), await chatOf(userId)];
    const [token, newcomer] = [await start(userId), await strangerIn()];
    await signOutOf(one);
    expect((await take(newcomer, token)).kind).toBe("good");

    await signOutOf(two);

    expect((await take(newcomer, token)).kind).not.toBe("good");
  });

  it("dies where the user's last chat becomes another user's", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const token = await start(userId);

    await signInAs(leadId, someone());

    expect((await take(leadId, token)).kind).not.toBe("good");
  });

  it("is taken by no other endpoint", async () => {
    const token = await start(someone());

    expect((await call("identify", { token })).answer).toMatchObject({ errorCode: "link-expired" });
    expect((await call("link", { buid: token, userId: someone() })).answer).toMatchObject({
      errorCode: "not-verified",
    });
    expect((await call("unlink", { buid: token })).answer).toMatchObject({ errorCode: "link-expired" });
    expect((await call("miniapp/identify", { initData: token })).answer).toMatchObject({
      errorCode: "init-data-invalid",
    });
    expect((await call("authorize", { buid: token, pin: token.slice(0, 6) })).answer).toMatchObject({
      errorCode: "pin-wrong",
    });
    expect(await take(await strangerIn(), token)).toMatchObject({ kind: "good" });
  });
});
