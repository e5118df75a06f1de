import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { type Person, wordsOf } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  anna = await world.person(1707);
  await anna.signIn();
});
afterAll(() => world?.close());

const FROM = { id: 1707, is_bot: false, first_name: "Анна", language_code: "ru" };
const CHAT = { id: 1707, type: "private", first_name: "Анна" };
let updateId = 700_000;

/** An update with a message of Anna's. */
function writes(text: string, more: object = {}) {
  updateId += 1;
  const message = { message_id: updateId, date: 1_790_000_000, chat: CHAT, from: FROM, text, ...more };
  return { update_id: updateId, message };
}

/** How many messages the bot has sent to anybody. */
const sent = async () => (await world.telegram.stats()).calls.sendMessage ?? 0;

/** The same, once there are so many: a chat takes but one message a second, and of an evening's answers the last come late. */
const sentUpTo = (count: number) => until(`${count} messages were sent`, sent, (now) => now >= count);

describe("the webhook", () => {
  it("takes no update without the bot's own secret: 401, and nothing happens", async () => {
    const before = await sent();
    const body = JSON.stringify(writes("/help"));
    const otherBot = await webhookSecret(world.worker.sealingKey, "2");

    for (const secret of ["", "wrong", otherBot, world.worker.sealingKey])
      expect(await world.webhook(body, secret)).toBe(401);

    await anna.settle();
    expect(await sentUpTo(before + 1)).toBe(before + 1);
  });

  it("answers once what came three times", async () => {
    const before = await sent();

    await world.telegram.push(writes("/menu"), 3);
    await world.telegram.push(writes("/menu"), 1);
    await anna.settle();

    expect(await sentUpTo(before + 3)).toBe(before + 3);
  });

  it("answers once what came twenty times at once", async () => {
    const before = await sent();
    const body = JSON.stringify(writes("/menu"));

    const statuses = await Promise.all(Array.from({ length: 20 }, () => world.webhook(body)));

    expect(new Set(statuses)).toEqual(new Set([200]));
    await anna.settle();
    expect(await sentUpTo(before + 2)).toBe(before + 2);
  });

  it("answers everything that comes in disorder, each once", async () => {
    const before = await sent();
    const updates = ["/help", "/menu", "/start"].map((text) => writes(text));

    for (const update of updates.reverse()) expect(await world.webhook(JSON.stringify(update))).toBe(200);
    await anna.settle();

    expect(await sentUpTo(before + 4)).toBe(before + 4);
  });

  it("answers ten messages sent at once in the order of their numbers", async () => {
    const last = (await anna.heard()).at(-1)?.message_id ?? 0;
    const said = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? "/help" : "/menu"));
    const bodies = said.map((text) => JSON.stringify(writes(text)));

    for (const body of bodies) expect(await world.webhook(body)).toBe(200);
    await anna.settle();

    const heard = async () => (await anna.heard()).filter(({ message_id }) => message_id > last).map(wordsOf);
    const answers = await until("everything is answered", heard, ({ length }) => length >= said.length + 1);
    const kinds = answers.map((text) => (text.includes("/logout — ") ? "/help" : "/menu"));
    expect(kinds).toEqual([...said, "/help"]);
  });

  it("lets go what is nothing to it, with 200: edits, groups, channels, bots, unknown kinds", async () => {
    const before = await sent();
    const { message } = writes("/help");
    const group = { ...message, chat: { id: -100, type: "supergroup", title: "Семья" } };
    const nothing = [
      { edited_message: message },
      { message: group },
      { message: { ...message, chat: { ...CHAT, type: "group" } } },
      { channel_post: { ...message, from: undefined, chat: { id: -200, type: "channel", title: "Канал" } } },
      { message: { ...message, from: { ...FROM, is_bot: true } } },
      { message: { ...message, from: undefined } },
      { callback_query: { id: "1", from: FROM, chat_instance: "1", inline_message_id: "x", data: "/help" } },
      { my_chat_member: { chat: group.chat, from: FROM, new_chat_member: { status: "member" } } },
      { poll: { id: "1" } },
      { something_of_the_year_2030: { deep: [1, 2, 3] } },
      {},
    ];

    for (const update of nothing) {
      updateId += 1;
      expect(await world.webhook(JSON.stringify({ update_id: updateId, ...update }))).toBe(200);
    }
    await anna.settle();

    expect(await sentUpTo(before + 1)).toBe(before + 1);
  });

  it("survives what is no update at all, and serves people as before", async () => {
    const statuses = [];
    for (const body of ["", "{", "null", "[]", "7", '{"update_id":"x"}', '{"update_id":-1}', "\u0000"])
      statuses.push(await world.webhook(body));
    statuses.push(await world.webhook(JSON.stringify({ update_id: 1, message: "text" })));
    statuses.push(await world.webhook(`{"update_id":2,"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`));
    statuses.push(await world.webhook(JSON.stringify({ update_id: 3, x: "x".repeat(2 * 1024 * 1024) })));

    expect(statuses).toEqual([400, 400, 200, 200, 200, 200, 200, 400, 200, 200, 400]);
    await anna.settle();
  });

  it("answers what is not words as kindly as words", async () => {
    const after = (await anna.heard()).at(-1)?.message_id ?? 0;

    const sticker = { text: undefined, sticker: { file_id: "x", emoji: "👍" } };
    expect(await world.webhook(JSON.stringify(writes("", sticker)))).toBe(200);

    await anna.sees("не понял", { after });
  });

  it("takes a tap on a button that no bot of ours made, and does nothing", async () => {
    const before = await sent();
    updateId += 1;
    const message = { message_id: 1, date: 1_790_000_000, chat: CHAT };
    const tap = { id: "123", from: FROM, message, chat_instance: "1" };

    for (const data of ["x:1:publish", ":::", "😀".repeat(16), undefined])
      expect(
        await world.webhook(JSON.stringify({ update_id: updateId++, callback_query: { ...tap, data } })),
      ).toBe(200);
    await anna.settle();

    expect(await sentUpTo(before + 1)).toBe(before + 1);
  });

  it("is 404 or 401 for a bot that is not there, never 500", async () => {
    const response = await fetch(`${world.worker.url}/telegram/nobody`, { method: "POST", body: "{}" });
    const withSecret = await fetch(`${world.worker.url}/telegram/2`, {
      method: "POST",
      headers: { "X-Telegram-Bot-Api-Secret-Token": await webhookSecret(world.worker.sealingKey, "2") },
      body: "{}",
    });

    expect(response.status).toBe(401);
    expect(withSecret.status).toBeLessThan(500);
  });
});
