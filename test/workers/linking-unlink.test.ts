import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call, demo } from "./demo.ts";
import {
  breakChat,
  chatOf,
  notThe,
  openForm,
  openLink,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
  systemAnswers,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

const unlink = async (params: object, headers: Record<string, string> = {}) =>
  (await call("unlink", params, headers)).answer;

const done = { success: true };
const noLink = { success: false, errorCode: "link-expired", message: expect.any(String) };
const toldIn = (chat: number) =>
  vi.waitUntil(() => network.texts(chat).length > 0, { timeout: 5_000 }).then(() => network.texts(chat));

describe("an account that the site unlinks", () => {
  it.each(["userId", "buid"])("by %s is signed out in all its chats, which are told once", async (by) => {
    const [first, second, userId] = [someone(), someone(), someone()];
    const leads = [await chatOf(userId, first), await chatOf(userId, second)] as const;
    const { buid } = await openLink(leads[0]);

    expect(await unlink(by === "buid" ? { buid } : { userId })).toEqual(done);

    for (const chat of [first, second]) expect(await toldIn(chat)).toHaveLength(1);
    expect([await userIn(leads[0]), await userIn(leads[1])]).toEqual([null, null]);
    expect(await unlink({ userId })).toEqual(done);
    expect(await unlink({ buid })).toEqual(noLink);
    expect([network.texts(first), network.texts(second)].map((texts) => texts.length)).toEqual([1, 1]);
  });

  it("by its BUID is not unlinked once more where it was linked anew meanwhile", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const { buid } = await openLink(leadId);
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    await unlink({ buid }, headers);
    await signInAs(leadId, userId);

    expect(await unlink({ buid })).toEqual(noLink);
    expect(await unlink({ buid }, headers)).toEqual(done);

    expect(await userIn(leadId)).toBe(userId);
  });

  it("by the BUID of before one of its chats was signed out of stays linked", async () => {
    const userId = someone();
    const [stays, leaves] = [await chatOf(userId), await chatOf(userId)];
    const { buid } = await openLink(stays);
    await signOutOf(leaves);

    expect(await unlink({ buid })).toEqual(noLink);
    expect(await userIn(stays)).toBe(userId);
  });

  it("takes along what was given out for it: PINs, verified or not, and links", async () => {
    const userId = someone();
    const [one, two] = [await chatOf(userId), await chatOf(userId)];
    const form = await openForm(two);
    const { buid, pin } = await openLink(one);
    await call("authorize", { buid, pin });

    await unlink({ userId });

    expect((await call("link", { buid, userId, relink: true })).answer).toMatchObject({
      errorCode: "not-verified",
    });
    expect((await call("identify", { token: form })).answer).toMatchObject({ errorCode: "link-expired" });
    expect((await openLink(one)).buid).not.toBe(buid);
  });

  it("keeps its history", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    await unlink({ userId });
    await signInAs(leadId, userId);
    await unlink({ userId });

    const { results } = await env.DB.prepare(
      "SELECT unlinked_at IS NULL AS isOpen, count(DISTINCT buid) AS buids FROM web_users WHERE web_user_id = ? GROUP BY 1",
    )
      .bind(String(userId))
      .all();
    expect(results).toEqual([{ isOpen: 0, buids: 2 }]);
  });

  it("is nobody's: whom nobody knows is refused, whom the main system alone knows is fine", async () => {
    let status = 404;
    systemAnswers(network, 404, () => status === 404);
    systemAnswers(network, 503, () => status === 503);
    expect(await unlink({ userId: "nobody" })).toMatchObject({ errorCode: "user-not-found" });
    status = 503;
    expect(await unlink({ userId: someone() })).toMatchObject({ errorCode: "system-unavailable" });
    status = 200;
    expect(await unlink({ userId: someone() })).toEqual(done);
  });

  it.each(["userId", "buid"])(
    "by %s, whose chat can't be reached, is a no for now; the same key brings it to its end, told once",
    async (by) => {
      const [chat, userId] = [someone(), someone()];
      const leadId = await chatOf(userId, chat);
      const { buid } = await openLink(leadId);
      const params = by === "buid" ? { buid } : { userId };
      const headers = { "Idempotency-Key": crypto.randomUUID() };
      const mend = await breakChat(chat);

      expect(await unlink(params, headers)).toMatchObject({ errorCode: "conversation-unreached" });
      await mend();

      expect(await unlink(params, headers)).toEqual(done);
      expect(await toldIn(chat)).toHaveLength(1);
      expect(await unlink(params, headers)).toEqual(done);
      expect(network.texts(chat)).toHaveLength(1);
    },
  );
});

describe("the BUID of a stranger", () => {
  it("is ended, nobody is told, and they get another one when they ask", async () => {
    const chat = someone();
    const leadId = await strangerIn(chat);
    const { buid, pin } = await openLink(leadId);

    expect(await unlink({ buid })).toEqual(done);

    expect(await unlink({ buid })).toEqual(noLink);
    expect((await call("authorize", { buid, pin: notThe(pin) })).answer).toMatchObject({
      errorCode: "pin-wrong",
    });
    expect((await call("authorize", { buid, pin })).answer).toMatchObject({ errorCode: "pin-expired" });
    const next = await openLink(leadId);
    expect(next.buid).not.toBe(buid);
    expect((await call("authorize", { buid: next.buid, pin: next.pin })).answer).toMatchObject({
      status: "not-linked",
    });
    expect(network.texts(chat)).toEqual([]);
  });

  it("that there never was is refused", async () => {
    expect(await unlink({ buid: "0123456789abcdef" })).toEqual(noLink);
  });
});
