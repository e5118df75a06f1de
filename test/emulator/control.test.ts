import { describe, expect, it } from "vitest";
import { webhook } from "./webhook-kit.ts";
import { emulatorWithPeople } from "./world-kit.ts";

const BOT = { bot: "beseda_demo_bot" };

describe("control: input", () => {
  it("is checked, and refused with reasons", async () => {
    const { put, post, get } = await emulatorWithPeople();

    expect(await put("/users/1", { last_name: "X" })).toMatchObject({
      status: 400,
      json: { error: "invalid input", issues: [{ path: "first_name" }] },
    });
    expect(await put("/users/abc", { first_name: "X" })).toMatchObject({ status: 400 });
    expect(await post("/users/127/messages", BOT)).toMatchObject({ status: 400 });
    expect(await post("/users/5/messages", { ...BOT, text: "a" })).toMatchObject({ status: 404 });
    expect(await post("/users/127/messages", { bot: "nobody", text: "a" })).toMatchObject({ status: 404 });
    expect(await get("/users/5/chat?bot=beseda_demo_bot")).toMatchObject({ status: 404 });
    expect((await get("/users")).json.users).toMatchObject([
      { id: 127, phone_number: "79187777777" },
      { id: 1707 },
    ]);
  });
});

describe("control: people write", () => {
  it("a text, with its commands marked, as a reply", async () => {
    const hook = await webhook();
    const { result, post, writes } = await emulatorWithPeople();
    await result("setWebhook", { url: hook.url });
    const { message_id } = await writes(127, "/start abc");

    await post("/users/127/messages", { ...BOT, text: "again", reply_to_message_id: message_id });
    const [first, second] = await hook.got(2);

    expect(first?.update.message).toMatchObject({
      from: { id: 127, is_bot: false, first_name: "Александр", language_code: "ru" },
      chat: { id: 127, type: "private" },
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    });
    expect(second?.update.message).toMatchObject({ reply_to_message: { message_id, text: "/start abc" } });
  });

  it("a contact, their own or another's", async () => {
    const { post } = await emulatorWithPeople();
    const share = async (user: number, contact: unknown) =>
      post(`/users/${user}/messages`, { ...BOT, contact } as object);

    expect((await share(127, true)).json.message).toMatchObject({
      contact: { phone_number: "79187777777", first_name: "Александр", user_id: 127 },
    });
    const other = { phone_number: "+79160000000", first_name: "X", user_id: 5 };
    expect((await share(127, other)).json.message).toMatchObject({
      contact: { ...other, phone_number: "79160000000" },
    });
    expect(await share(1707, true)).toMatchObject({ status: 400 });
  });

  it("nothing to a bot they blocked; blocking tells the bot once", async () => {
    const hook = await webhook();
    const { result, post, writes } = await emulatorWithPeople();
    await writes(127, "a");
    await result("setWebhook", { url: hook.url, drop_pending_updates: true });

    for (const path of ["block", "block", "unblock"]) await post(`/users/127/${path}`, BOT);
    const received = await hook.got(2);
    await post("/users/127/block", BOT);
    const refused = await post("/users/127/messages", { ...BOT, text: "b" });

    expect(received.map((one) => one.update.my_chat_member)).toMatchObject([
      { old_chat_member: { status: "member" }, new_chat_member: { status: "kicked" } },
      { old_chat_member: { status: "kicked" }, new_chat_member: { status: "member" } },
    ]);
    expect(refused.status).toBe(409);
  });
});

describe("control: people tap", () => {
  it("inline buttons by text or data, and see the answer", async () => {
    const hook = await webhook();
    const { result, writes, post, taps, get } = await emulatorWithPeople();
    await writes(127, "/start");
    await result("setWebhook", { url: hook.url, drop_pending_updates: true });
    const inline_keyboard = [
      [
        { text: "Да", callback_data: "yes" },
        { text: "Сайт", url: "https://a.ru/" },
      ],
    ];
    const { message_id } = await result<{ message_id: number }>("sendMessage", {
      chat_id: 127,
      text: "?",
      reply_markup: { inline_keyboard },
    });

    const waiting = post("/users/127/taps", { ...BOT, message_id, button: "Да", wait: 5000 });
    const [tapped] = await hook.got(1);
    const query = tapped?.update.callback_query as { id: string };
    await result("answerCallbackQuery", { callback_query_id: query.id, text: "Готово", show_alert: true });

    expect((await waiting).json).toEqual({
      callback_query_id: query.id,
      answer: { text: "Готово", show_alert: true },
    });
    expect((await taps(127, message_id, "yes")).json).toMatchObject({ answer: null });
    expect((await taps(127, message_id, "Сайт")).json).toEqual({ url: "https://a.ru/" });
    expect(await taps(127, message_id, "Нет")).toMatchObject({ status: 404 });
    expect((await get("/users/127/chat?bot=beseda_demo_bot")).json.messages).toHaveLength(2);
  });

  it("the reply keyboard: a text is sent, a contact shared, and a one-time keyboard goes", async () => {
    const { result, writes, post, chat } = await emulatorWithPeople();
    await writes(127, "/start");
    const keyboard = [[{ text: "Телефон", request_contact: true }, "Меню"]];
    const reply_markup = { keyboard, resize_keyboard: true, one_time_keyboard: true };
    const asked = await result("sendMessage", { chat_id: 127, text: "?", reply_markup });

    const shown = (await chat(127)).keyboard;
    const contact = await post("/users/127/taps", { ...BOT, button: "Телефон" });
    const gone = (await chat(127)).keyboard;
    await result("sendMessage", { chat_id: 127, text: "?", reply_markup });
    const text = await post("/users/127/taps", { ...BOT, button: "Меню" });

    expect(asked).not.toHaveProperty("reply_markup");
    expect(shown).toMatchObject({
      keyboard: [[{ text: "Телефон", request_contact: true }, { text: "Меню" }]],
    });
    expect(contact.json.message).toMatchObject({
      contact: { user_id: 127 },
      reply_to_message: { message_id: asked.message_id },
    });
    expect(gone).toBeNull();
    expect(text.json.message).toMatchObject({ text: "Меню" });
  });
});

describe("control: chats", () => {
  it("give what came after a message, and wait for it", async () => {
    const { result, writes, chat } = await emulatorWithPeople();
    const { message_id } = await writes(127, "a");
    await result("sendMessage", { chat_id: 127, text: "b" });

    const newer = await chat(127, `&after=${message_id}`);
    const waiting = chat(127, `&after=${message_id + 1}&wait=5000`);
    await result("sendMessage", { chat_id: 127, text: "c" });

    expect(newer.messages).toMatchObject([{ text: "b" }]);
    expect((await waiting).messages).toMatchObject([{ text: "c" }]);
  });

  it("wait for edits, too", async () => {
    const { result, writes, chat } = await emulatorWithPeople();
    await writes(127, "a");
    const { message_id } = await result("sendMessage", { chat_id: 127, text: "b" });
    const { revision } = await chat(127);

    const waiting = chat(127, `&since=${revision}&wait=5000`);
    await result("editMessageText", { chat_id: 127, message_id, text: "edited" });

    expect((await waiting).messages).toMatchObject([{ message_id, text: "edited" }]);
  });

  it("are told live to a phone, and a line left open holds up no end", async () => {
    const { emulator, writes } = await emulatorWithPeople();
    const line = await fetch(`${emulator.url}/emulator/users/127/events`);
    const reader = line.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";

    await reader?.read();
    await writes(127, "hello");
    while (!heard.includes("hello")) heard += (await reader?.read())?.value;

    expect(JSON.parse(heard.slice(heard.indexOf("{")))).toMatchObject({
      type: "message",
      bot: "beseda_demo_bot",
    });
    await emulator.close();
  });
});
