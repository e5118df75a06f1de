import { describe, expect, it } from "vitest";
import { handClock, type Json, withChat } from "./world-kit.ts";

describe("Bot API: the envelope", () => {
  it("knows its bots and methods, and reads every kind of body", async () => {
    const { emulator, ask, chat } = await withChat();
    const api = `${emulator.url}/bot100001:DEMO`;
    const form = new FormData();
    form.set("chat_id", "127");
    form.set("text", "by multipart");

    await fetch(`${api}/sendMessage?chat_id=127&text=by+query`);
    await fetch(`${api}/SENDMESSAGE`, {
      method: "POST",
      body: new URLSearchParams({ chat_id: "127", text: "by form" }),
    });
    await fetch(`${api}/sendMessage`, { method: "POST", body: form });

    expect(await ask("GET", "/bot1:WRONG/getMe")).toEqual({
      status: 401,
      json: { ok: false, error_code: 401, description: "Unauthorized" },
    });
    expect(await ask("GET", "/bot100001:DEMO/fly")).toMatchObject({
      status: 404,
      json: { description: "Not Found" },
    });
    expect((await chat(127)).messages.slice(1).map((message) => message.text)).toEqual([
      "by query",
      "by form",
      "by multipart",
    ]);
  });

  it("refuses a body it cannot read, and takes unknown parameters", async () => {
    const { emulator, call } = await withChat();

    const broken = await fetch(`${emulator.url}/bot100001:DEMO/getMe`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{",
    });

    expect(broken.status).toBe(400);
    expect(await call("sendMessage", { chat_id: 127, text: "a", invented: 1 })).toMatchObject({ ok: true });
  });
});

describe("Bot API: callback queries", () => {
  const TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid";

  it("are answered once, while they live", async () => {
    const clock = handClock();
    const { call, result, taps } = await withChat({ now: clock.now });
    const reply_markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] };
    const { message_id } = await result<{ message_id: number }>("sendMessage", {
      chat_id: 127,
      text: "a",
      reply_markup,
    });
    const tapped = async () => (await taps(127, message_id, "Yes")).json.callback_query_id;
    const answer = async (id: unknown) => call("answerCallbackQuery", { callback_query_id: id, text: "ok" });

    const [first, second] = [await tapped(), await tapped()];
    const answers = [await answer(first), await answer(first), await answer("1")];
    clock.pass(150_000);
    answers.push(await answer(second));

    expect(answers.map((one) => one.description ?? one.result)).toEqual([true, TOO_OLD, TOO_OLD, TOO_OLD]);
  });
});

describe("Bot API: the bot itself", () => {
  it("keeps commands by scope and language", async () => {
    const { result, call, get } = await withChat();
    const commands = [{ command: "menu", description: "Меню" }];

    await result("setMyCommands", { commands, scope: { type: "all_private_chats" }, language_code: "ru" });

    expect(await result("getMyCommands")).toEqual([]);
    expect((await get("/users/127/commands?bot=beseda_demo_bot")).json).toEqual({ commands });
    expect((await get("/users/1707/commands?bot=beseda_demo_bot")).json).toEqual({ commands: [] });
    const wrong = await call("setMyCommands", { commands: [{ command: "Menu", description: "a" }] });
    expect(wrong.description).toBe("Bad Request: BOT_COMMAND_INVALID");
  });

  it("knows the chats it has", async () => {
    const { result, call } = await withChat();

    expect(await result("getChat", { chat_id: 127 })).toMatchObject({ id: 127, type: "private" });
    expect((await call("getChat", { chat_id: 1707 })).description).toBe("Bad Request: chat not found");
    expect(await result("sendChatAction", { chat_id: 127, action: "typing" })).toBe(true);
    expect(await result("setChatMenuButton", { menu_button: { type: "commands" } })).toBe(true);
  });

  it("polls for updates while it has no webhook", async () => {
    const { result, call, writes } = await withChat();
    await writes(127, "second");

    const updates = await result<Json[]>("getUpdates", { limit: 1 });
    const rest = await result<Json[]>("getUpdates", { offset: Number(updates[0]?.update_id) + 1 });
    const waiting = result<Json[]>("getUpdates", { offset: Number(rest[0]?.update_id) + 1, timeout: 5 });
    await writes(127, "third");

    expect([updates[0], rest[0], (await waiting)[0]]).toMatchObject([
      { message: { text: "/start" } },
      { message: { text: "second" } },
      { message: { text: "third" } },
    ]);
    await result("setWebhook", { url: "http://127.0.0.1:1/" });
    expect(await call("getUpdates")).toMatchObject({ error_code: 409 });
  });
});
