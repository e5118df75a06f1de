import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recipientReports } from "../../schema/call-report.ts";
import { ringing, setClock } from "../durable-objects/broadcasts.ts";
import { call, demo } from "./demo.ts";
import {
  breakChat,
  chatOf,
  house,
  MINUTE,
  openLink,
  personIn,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  network.answerers.unshift(({ url }) => {
    const userId = /^\/api\/orders\/(\d+)$/.exec(url.pathname)?.[1];
    return userId === undefined ? undefined : Response.json(orderOf(Number(userId)));
  });
});

afterEach(() => {
  vi.useRealTimers();
});

/** The order of a user: it has the user's number. */
const orderOf = (userId: number) => ({
  orderId: userId,
  userId,
  status: "paid",
  items: [{ name: "Книга", quantity: 1, price: 10 }],
  total: 10,
  currency: "RUB",
  url: `http://site.test/orders/${userId}`,
});

const post = { postId: 1, authorId: 3 };
/** Thanks somebody for the order of a user. */
const thanked = async (orderId: number, named: object) =>
  (await call("transaction/thank-you", { orderId, ...named })).answer;

const textsIn = (chat: number) =>
  vi
    .waitUntil(() => network.texts(chat).length > 0, { timeout: 5_000 })
    .then(() => network.texts(chat).length);

const linesOf = async (callId: unknown) =>
  (await recipientReports(house.db, String(callId), { after: -1, limit: 20 })).map(
    ({ userId, leadId, state }) => ({ userId, leadId, state }),
  );

const isOver = async (callId: unknown) => (await linesOf(callId)).every(({ state }) => state !== "queued");

/** What the ledger says of a call: of each the user, the lead and the state, once nobody is under way. */
async function outcomes(callId: unknown) {
  await vi.waitUntil(() => isOver(callId), { timeout: 10_000 });
  return linesOf(callId);
}

const isNobody = { success: false, errorCode: "user-not-found", message: "Пользователь не найден" };

describe("a call to many by the ids of leads, or of persons", () => {
  it("is answered again under its key as it was, though the lead has signed out since", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const params = { orderId: userId, leadId };

    const first = await call("transaction/thank-you", params, key);
    await signOutOf(leadId);
    const second = await call("transaction/thank-you", params, key);

    expect(first.answer).toMatchObject({ success: true });
    expect(second.answer).toEqual(first.answer);
  });

  it.each(["leadId", "personId"])(
    "signs out by %s to the end under its key, though the chat could not be reached at first",
    async (name) => {
      const [chat, userId] = [someone(), someone()];
      const leadId = await chatOf(userId, chat);
      const params = name === "leadId" ? { leadId } : { personId: await personIn(leadId) };
      const key = { "Idempotency-Key": crypto.randomUUID() };
      const mend = await breakChat(chat);
      const first = await call("users/disconnect-bot", params, key);
      await mend();

      const second = await call("users/disconnect-bot", params, key);

      expect(first.answer).toMatchObject({ errorCode: "conversation-unreached" });
      expect(second.answer).toMatchObject({ success: true });
      expect((await call("users/block", params)).answer).toMatchObject({ errorCode: "user-not-found" });
    },
  );

  it("tells each of the chats that it names, strangers too, and says who is not there", async () => {
    const [chat, other, stranger, userId] = [someone(), someone(), someone(), someone()];
    const [lead, otherLead, strange] = [
      await chatOf(userId, chat),
      await chatOf(userId, other),
      await strangerIn(stranger),
    ];

    const { answer } = await call("post/new", { ...post, leadIds: [lead, strange, 999_999, otherLead] });

    expect(answer).toMatchObject({ success: true, recipients: { total: 4, queued: 3, unlinked: 1 } });
    for (const one of [chat, other, stranger]) expect(await textsIn(one)).toBe(1);
    expect(await outcomes(answer.callId)).toMatchObject([
      { leadId: lead, state: "sent" },
      { leadId: strange, state: "sent" },
      { leadId: null, state: "unlinked" },
      { leadId: otherLead, state: "sent" },
    ]);
  });

  it("tells a person once, however many chats they have, and a stranger who has a BUID", async () => {
    const [chat, other, stranger, userId] = [someone(), someone(), someone(), someone()];
    const lead = await chatOf(userId, chat);
    await chatOf(userId, other);
    const strange = await strangerIn(stranger);
    await openLink(strange);
    const personIds = [await personIn(lead), await personIn(strange)];

    const { answer } = await call("post/new", { ...post, personIds });

    expect(answer).toMatchObject({ success: true, recipients: { total: 2, queued: 2 } });
    expect(await outcomes(answer.callId)).toMatchObject([
      { userId: String(userId), state: "sent" },
      { state: "sent" },
    ]);
    expect(network.texts(chat).length + network.texts(other).length).toBe(1);
    expect(network.texts(stranger)).toHaveLength(1);
  });

  it("tells nobody who is blocked, whichever id names them", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);
    await call("users/block", { userId, reason: "Спам" });
    await textsIn(chat);

    const byLead = await call("post/new", { ...post, leadIds: [leadId] });
    const byPerson = await call("post/new", { ...post, personIds: [await personIn(leadId)] });

    for (const { answer } of [byLead, byPerson])
      expect(answer).toMatchObject({ state: "finished", recipients: { total: 1, blocked: 1, queued: 0 } });
    expect(network.texts(chat)).toHaveLength(1);
  });

  it.each([
    {},
    { userIds: [1], leadIds: [1] },
    { personIds: [1], leadIds: [1] },
    { personIds: ["x"] },
    { leadIds: [] },
  ])("that names them wrongly is answered with 422: %j", async (named) => {
    expect((await call("post/new", { ...post, ...named })).answer).toMatchObject({ errorCode: 422 });
  });
});

describe("a call to one user by the id of their person, or of a lead", () => {
  it("tells only the chat of that lead, as that user", async () => {
    const [chat, other, userId] = [someone(), someone(), someone()];
    const leadId = await chatOf(userId, chat);
    await chatOf(userId, other);

    const answer = await thanked(userId, { leadId });

    expect(answer).toMatchObject({ success: true, recipients: { total: 1, queued: 1 } });
    expect(await outcomes(answer.callId)).toEqual([{ userId: String(userId), leadId, state: "sent" }]);
    expect([network.texts(chat).length, network.texts(other).length]).toEqual([1, 0]);
  });

  it("tells a person as their user would be told", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);

    const answer = await thanked(userId, { personId: await personIn(leadId) });

    expect(await outcomes(answer.callId)).toEqual([{ userId: String(userId), leadId, state: "sent" }]);
    expect(await textsIn(chat)).toBe(1);
  });

  it.each(["leadId", "personId"])("is refused where there is no account behind the %s", async (name) => {
    const [stranger, out, withBuid] = [await strangerIn(), await chatOf(someone()), await strangerIn()];
    const outId = await personIn(out);
    await signOutOf(out);
    await openLink(withBuid);
    const ids = name === "leadId" ? [stranger, out, withBuid] : [outId, await personIn(withBuid)];

    for (const id of [...ids, 999_999]) expect(await thanked(1, { [name]: id })).toEqual(isNobody);
  });

  it("is refused of another bot's", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const { leadId: elsewhere } = await house.directory.lead(
      { botId: "2", channel: "telegram", externalId: "5" },
      { externalId: "5", firstName: "А" },
      "ru",
    );
    await house.directory.signIn(elsewhere, "2", {
      userId: "elsewhere",
      active: true,
      role: "user",
      firstName: "А",
      lastName: "",
      patronymic: "",
      phone: "",
      email: "",
      location: {},
    });

    expect(await thanked(userId, { leadId: elsewhere })).toEqual(isNobody);
    expect(await thanked(userId, { personId: await personIn(elsewhere) })).toEqual(isNobody);
    expect(await thanked(userId, { leadId })).toMatchObject({ success: true });
  });

  it("that names more than one of them is answered with 422", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const personId = await personIn(leadId);
    const wrong = [
      { userId, leadId },
      { userId, personId },
      { leadId, personId },
      { userId, leadId, personId },
      { userId: null, leadId },
      { leadId: String(leadId) },
      { personId: -1 },
      { leadId: 999_999, personId: 999_999 },
    ];

    for (const named of wrong)
      expect(await thanked(userId, named)).toMatchObject({ success: false, errorCode: 422 });
  });

  it("tells nobody else who has signed in there by the time it arrives", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);
    const sendAt = Date.now() + 60 * MINUTE;
    const params = { orderId: userId, leadId };
    const response = await exports.default.fetch("http://bot.test/call/transaction/thank-you", {
      method: "POST",
      headers: { authorization: "Bearer dev-token" },
      body: JSON.stringify({ script_request_params: params, sendAt: new Date(sendAt).toISOString() }),
    });
    const { callId } = (await response.json()) as { callId: string };
    await signInAs(leadId, someone());

    const broadcast = { callId, botId: "1" };
    await setClock(broadcast, () => sendAt + 1);
    await ringing(broadcast, () => isOver(callId));

    expect(await outcomes(callId)).toEqual([{ userId: String(userId), leadId, state: "unlinked" }]);
    expect(network.texts(chat)).toEqual([]);
  });

  it("that changes the user changes that user", async () => {
    const [chat, userId] = [someone(), someone()];
    const leadId = await chatOf(userId, chat);

    const { answer } = await call("users/block", { leadId, reason: "Спам" });

    expect(answer).toMatchObject({ success: true });
    await vi.waitUntil(() => network.texts(chat).some((text) => text.includes("Спам")));
  });
});
