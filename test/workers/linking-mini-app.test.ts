import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seal } from "../../contract/seal.ts";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  house,
  LEAD_NAME,
  MINUTE,
  openForm,
  pass,
  personIn,
  signInAs,
  someone,
  strangerIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await demo(new Network());
});

afterEach(() => {
  vi.useRealTimers();
});

const TOKEN = "100001:DEMO";

/** What Telegram gives a page that the person of this chat opens. */
async function initDataOf(chat: number, token = TOKEN): Promise<string> {
  const fields = {
    query_id: "AAE",
    user: JSON.stringify({ id: chat, first_name: "А" }),
    auth_date: String(Math.floor(Date.now() / 1_000)),
    signature: "c2lnbmF0dXJl",
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const key = await mac(new TextEncoder().encode("WebAppData"), token);
  const bytes = [...(await mac(key, lines.sort().join("\n")))];
  const hash = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return new URLSearchParams({ ...fields, hash }).toString();
}

async function mac(key: Uint8Array, text: string): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(text)));
}

const identify = async (initData: string) => (await call("miniapp/identify", { initData })).answer;

describe("a page that was opened inside Telegram", () => {
  it("is told who has opened it", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);

    expect(await identify(await initDataOf(chat))).toEqual({
      success: true,
      userId,
      personId: await personIn(leadId),
      leadId,
      leadName: LEAD_NAME,
    });
  });

  it("is told of a stranger which person they are, and that stays", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await strangerIn(chat);

    const first = await identify(await initDataOf(chat));

    expect(first).toMatchObject({ userId: null, leadId, personId: await personIn(leadId) });
    expect(first.personId).toBeGreaterThan(0);
    expect(await identify(await initDataOf(chat))).toEqual(first);
    expect((await call("identify", { token: await openForm(leadId) })).answer).toMatchObject({
      personId: first.personId,
    });
    await signInAs(leadId, userId);
    expect(await identify(await initDataOf(chat))).toEqual({ ...first, userId });
  });

  it("is told of no user whom an administrator has blocked", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);
    await call("users/block", { userId, reason: "Спам" });

    expect(await identify(await initDataOf(chat))).toMatchObject({ success: true, userId: null, leadId });
  });

  it("is told that somebody never wrote to the bot, who then is still nobody here", async () => {
    const chat = someone();

    expect(await identify(await initDataOf(chat))).toMatchObject({ errorCode: "lead-not-found" });
    const address = { botId: "1", channel: "telegram", externalId: String(chat) } as const;
    expect(await house.directory.findLead(address)).toBeNull();
  });

  it.each([
    ["signed with another bot's token", (chat: number) => initDataOf(chat, "100002:DEMO")],
    ["signed with nothing", async () => "user=%7B%22id%22%3A1%7D"],
    ["no form at all", async () => "{}"],
    [
      "with another person in it",
      async (chat: number) => (await initDataOf(chat)).replace(String(chat), "1"),
    ],
  ])("is refused what is %s", async (_what, given) => {
    const chat = someone();
    await chatOf(someone(), chat);

    expect(await identify(await given(chat))).toEqual({
      success: false,
      errorCode: "init-data-invalid",
      message: expect.any(String),
    });
  });

  it("is refused what is older than an hour", async () => {
    const chat = someone();
    await chatOf(someone(), chat);
    const initData = await initDataOf(chat);
    pass(59 * MINUTE);
    expect(await identify(initData)).toMatchObject({ success: true });

    pass(2 * MINUTE);

    expect(await identify(initData)).toMatchObject({ errorCode: "init-data-invalid" });
  });

  it("is checked with the token that the bot has by now", async () => {
    const chat = someone();
    await chatOf(someone(), chat);
    const initData = await initDataOf(chat);
    await env.DB.prepare("UPDATE bots SET channel_token = ? WHERE id = '1'")
      .bind(await seal("100001:NEW", env.SEALING_KEY))
      .run();

    const [old, fresh] = [await identify(initData), await identify(await initDataOf(chat, "100001:NEW"))];

    expect([old.errorCode, fresh.success]).toEqual(["init-data-invalid", true]);
  });
});
