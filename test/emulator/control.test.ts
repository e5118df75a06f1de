import { describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/server.ts";
import { webhook } from "./webhook-kit.ts";
import { emulatorWithPeople, type Json } from "./world-kit.ts";

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

describe("control: SMS", () => {
  it("reach the phone of that number", async () => {
    const { post, get } = await emulatorWithPeople();

    const sent = await post("/sms", { phone: "+7 (918) 777-77-77", text: "PIN 123456" });
    const lost = await post("/sms", { phone: "70000000000", text: "a" });

    expect(sent.json).toMatchObject({ delivered: true });
    expect(lost.json).toMatchObject({ delivered: false });
    expect((await get("/users/127/sms")).json.sms).toMatchObject([{ text: "PIN 123456" }]);
    expect((await get("/users/1707/sms")).json.sms).toEqual([]);
  });
});

describe("control: faults", () => {
  async function withFault(fault: object) {
    const world = await emulatorWithPeople();
    await world.writes(127, "a");
    await world.post("/faults", { method: "sendMessage", ...fault });
    const send = () => world.call("sendMessage", { chat_id: 127, text: "b" });
    const count = async () => (await world.chat(127)).messages.length - 1;
    return { ...world, send, count };
  }

  it("answer in the method's stead, as often as ordered", async () => {
    const { send, count } = await withFault({ status: 502, description: "Bad Gateway", times: 2 });

    const answers = [await send(), await send(), await send()];

    expect(answers.map((one) => one.ok)).toEqual([false, false, true]);
    expect(answers[0]).toEqual({ ok: false, error_code: 502, description: "Bad Gateway" });
    expect(await count()).toBe(1);
  });

  it("ask to wait", async () => {
    const { send } = await withFault({ retry_after: 7, user: 127 });

    expect(await send()).toEqual({
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 7",
      parameters: { retry_after: 7 },
    });
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ])("cut the connection %s the call takes effect", async (drop, messages) => {
    const { send, count, get } = await withFault({ drop });

    await expect(send()).rejects.toThrow();

    expect(await count()).toBe(messages);
    expect((await get("/stats")).json.answers).toMatchObject({ dropped: 1 });
    expect(await send()).toMatchObject({ ok: true });
  });

  it("answer nonsense, hold back, and are removed", async () => {
    const { emulator, send, post, remove, get } = await withFault({ body: "<html>oops", status: 200 });

    const nonsense = await fetch(`${emulator.url}/bot100001:DEMO/sendMessage?chat_id=127&text=b`);
    await post("/faults", { delay_ms: 1 });
    const late = await send();
    await post("/faults", { status: 500, times: null });
    await remove("/faults");

    expect(await nonsense.text()).toBe("<html>oops");
    expect(late).toMatchObject({ ok: true });
    expect((await get("/faults")).json).toEqual({ faults: [] });
    expect(await send()).toMatchObject({ ok: true });
  });
});

describe("control: the world", () => {
  it("takes raw updates as they are, and repeats them", async () => {
    const hook = await webhook();
    const { result, post } = await emulatorWithPeople();
    await result("setWebhook", { url: hook.url });

    await post("/updates", {
      ...BOT,
      update: { update_id: 5, message: { chat: { id: 127 }, text: "raw" } },
      times: 2,
    });
    const given = await post("/updates", { ...BOT, update: { poll: {} } });
    const received = await hook.got(3);

    expect(received.map((one) => one.update.update_id).sort((a, b) => a - b)).toEqual([
      5,
      5,
      given.json.update_id,
    ]);
  });

  it("changes limits while it runs", async () => {
    const { put, call, writes } = await emulatorWithPeople();
    await writes(127, "a");

    const limits = await put("/limits", { perChat: 1, chatBurst: 1, perBot: 30 });
    const answers = [];
    for (let i = 0; i < 2; i++) answers.push(await call("sendMessage", { chat_id: 127, text: "b" }));

    expect(limits.json).toEqual({ perBot: 30, perBotPaid: 1000, perChat: 1, chatBurst: 1 });
    expect(answers.map((one) => one.ok)).toEqual([true, false]);
    expect(await put("/limits", { perBot: 0 })).toMatchObject({ status: 400 });
  });

  it("forgets all but the bots and their webhooks", async () => {
    const { result, writes, remove, get, put, post, chat } = await emulatorWithPeople();
    await writes(127, "a");
    await result("setWebhook", { url: "http://127.0.0.1:1/" });
    await post("/faults", { status: 500 });
    const before = await result("sendMessage", { chat_id: 127, text: "b" }).catch(() => null);

    await remove("");

    expect(before).toBeNull();
    expect((await get("/users")).json).toEqual({ users: [] });
    expect((await get("/stats")).json).toMatchObject({ calls: {}, messages: { sent: 0 } });
    expect(await result("getWebhookInfo")).toMatchObject({
      url: "http://127.0.0.1:1/",
      pending_update_count: 0,
    });
    await put("/users/127", { first_name: "Александр" });
    expect((await chat(127)).messages).toEqual([]);
    expect((await get("/bots")).json.bots).toMatchObject([{ username: "beseda_demo_bot" } satisfies Json]);
  });

  it("serves the phone and its modules with their types stripped", async () => {
    const { emulator } = await emulatorWithPeople();

    const page = await (await fetch(emulator.url)).text();
    const scripts = [...page.matchAll(/src="(\/phone\/[^"]+)"/g)].map((match) => match[1]);
    const answers = await Promise.all(scripts.map((path) => fetch(emulator.url + path)));

    expect(scripts.length).toBeGreaterThan(0);
    expect(answers.map((answer) => answer.headers.get("content-type"))).toEqual(
      answers.map(() => "text/javascript; charset=utf-8"),
    );
    expect(await fetch(`${emulator.url}/phone/none.ts`)).toMatchObject({ status: 404 });
    expect(await fetch(`${emulator.url}/healthz`)).toMatchObject({ status: 200 });
  });

  it("says so when its port is taken", async () => {
    const { emulator } = await emulatorWithPeople();

    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
