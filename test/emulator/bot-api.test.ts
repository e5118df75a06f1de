import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { emulatorWithPeople, endAfterTest, handClock, type Json } from "./world-kit.ts";

/** A picture of one point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function withChat(options = {}) {
  const world = await emulatorWithPeople(options);
  const { message_id } = await world.writes(127, "/start");
  return { ...world, message_id };
}

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

describe("Bot API: sendMessage", () => {
  it("sends HTML with buttons as a reply", async () => {
    const { result, message_id, chat } = await withChat();

    const sent = await result("sendMessage", {
      chat_id: 127,
      text: " <b>Hi</b> https://a.ru/x. ",
      parse_mode: "HTML",
      reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] },
      reply_parameters: { message_id },
    });

    expect(sent).toMatchObject({
      text: "Hi https://a.ru/x.",
      entities: [
        { type: "bold", offset: 0, length: 2 },
        { type: "url", offset: 3, length: 14 },
      ],
      reply_to_message: { message_id, text: "/start" },
      reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] },
    });
    expect((await chat(127)).messages.at(-1)).toEqual(sent);
  });

  const button = (more: object) => ({
    text: "a",
    reply_markup: { inline_keyboard: [[{ text: "b", ...more }]] },
  });

  it.each([
    [{}, 400, "Bad Request: message text is empty"],
    [{ text: "  " }, 400, "Bad Request: message text is empty"],
    [{ text: "a".repeat(4097) }, 400, "Bad Request: message is too long"],
    [
      { text: "<x>", parse_mode: "HTML" },
      400,
      `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 0`,
    ],
    [{ text: "a", parse_mode: "Nonsense" }, 400, "Bad Request: unsupported parse_mode"],
    [{ text: "a", chat_id: 5 }, 400, "Bad Request: chat not found"],
    [{ text: "a", chat_id: "" }, 400, "Bad Request: chat_id is empty"],
    [{ text: "a", chat_id: 1707 }, 403, "Forbidden: bot can't initiate conversation with a user"],
    [
      { text: "a", reply_parameters: { message_id: 999 } },
      400,
      "Bad Request: message to be replied not found",
    ],
    [button({ callback_data: "я".repeat(33) }), 400, "Bad Request: BUTTON_DATA_INVALID"],
    [button({ callback_data: "" }), 400, "Bad Request: BUTTON_DATA_INVALID"],
    [
      button({}),
      400,
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [{ text: "a", reply_markup: "{" }, 400, "Bad Request: can't parse reply keyboard markup JSON object"],
  ])("refuses %j", async (params, error_code, description) => {
    const { call, chat } = await withChat();

    expect(await call("sendMessage", { chat_id: 127, ...params })).toEqual({
      ok: false,
      error_code,
      description,
    });
    expect((await chat(127)).messages).toHaveLength(1);
  });

  it("takes 4096 characters after the tags are gone", async () => {
    const { call } = await withChat();

    const text = `<b>${"a".repeat(4096)}</b>`;

    expect(await call("sendMessage", { chat_id: 127, text, parse_mode: "HTML" })).toMatchObject({ ok: true });
  });

  it("answers a missing reply only where it must be there", async () => {
    const { call } = await withChat();

    const reply_parameters = { message_id: 999, allow_sending_without_reply: true };

    expect(await call("sendMessage", { chat_id: 127, text: "a", reply_parameters })).toMatchObject({
      ok: true,
    });
  });

  it("is refused by who blocked the bot", async () => {
    const { call, post } = await withChat();

    await post("/users/127/block", { bot: "beseda_demo_bot" });

    expect(await call("sendMessage", { chat_id: 127, text: "a" })).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot was blocked by the user",
    });
  });

  it("keeps to the limits of Telegram, and says how long to wait", async () => {
    const clock = handClock();
    const { call, get } = await withChat({ limits: {}, now: clock.now });

    const burst = [];
    for (let i = 0; i < 6; i++) burst.push(await call("sendMessage", { chat_id: 127, text: "a" }));
    clock.pass(1000);
    const later = await call("sendMessage", { chat_id: 127, text: "a" });

    expect(burst.map((answer) => answer.ok)).toEqual([true, true, true, true, true, false]);
    expect(burst[5]).toEqual({
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    });
    expect(later.ok).toBe(true);
    expect((await get("/stats")).json).toMatchObject({
      calls: { sendMessage: 7 },
      limitsBroken: { bot: 0, chat: 1 },
      tooManyRequests: 1,
      peakPerSecond: { bots: { beseda_demo_bot: 6 }, chats: { "127": 6 } },
    });
  });
});

describe("Bot API: files", () => {
  async function site(answer: { status?: number; body: Uint8Array | string }) {
    const server = createServer((_, response) => response.writeHead(answer.status ?? 200).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endAfterTest({
      close: () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      },
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/p.png`;
  }

  it("fetches a photo, sends it again by its id, and gives it back", async () => {
    const { emulator, result } = await withChat();
    const url = await site({ body: PNG });

    const sent = await result<{ photo: [{ file_id: string }] }>("sendPhoto", {
      chat_id: 127,
      photo: url,
      caption: "a",
    });
    const [{ file_id }] = sent.photo;
    const again = await result("sendPhoto", { chat_id: 127, photo: file_id });
    const { file_path } = await result<{ file_path: string }>("getFile", { file_id });
    const file = await fetch(`${emulator.url}/file/bot100001:DEMO/${file_path}`);

    expect(sent).toMatchObject({ caption: "a", photo: [{ width: 1, height: 1, file_size: PNG.length }] });
    expect(again.photo).toEqual(sent.photo);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
  });

  it.each(["photo", "attach://mine"])("takes an uploaded photo (%s)", async (photo) => {
    const { emulator } = await withChat();
    const form = new FormData();
    form.set("chat_id", "127");
    if (photo !== "photo") form.set("photo", photo);
    form.set(photo.replace("attach://", ""), new Blob([PNG], { type: "image/png" }), "p.png");

    const answer = await fetch(`${emulator.url}/bot100001:DEMO/sendPhoto`, { method: "POST", body: form });

    expect(await answer.json()).toMatchObject({ ok: true, result: { photo: [{ width: 1 }] } });
  });

  it("refuses what is no photo", async () => {
    const { call } = await withChat();
    const photo = async (source: string) =>
      (await call("sendPhoto", { chat_id: 127, photo: source })).description;

    expect(await photo("nonsense")).toBe("Bad Request: wrong file identifier/HTTP URL specified");
    expect(await photo(await site({ body: "<html>" }))).toBe(
      "Bad Request: wrong type of the web page content",
    );
    expect(await photo(await site({ body: PNG, status: 404 }))).toBe(
      "Bad Request: failed to get HTTP URL content",
    );
    expect(await photo("http://127.0.0.1:1/p.png")).toBe("Bad Request: failed to get HTTP URL content");
    const caption = "a".repeat(1025);
    const long = await call("sendPhoto", { chat_id: 127, photo: await site({ body: PNG }), caption });
    expect(long.description).toBe("Bad Request: message caption is too long");
  });
});

describe("Bot API: changing messages", () => {
  const markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] };

  it("edits a text, and drops its buttons unless they come again", async () => {
    const { call, result, chat } = await withChat();
    const { message_id } = await result("sendMessage", { chat_id: 127, text: "a", reply_markup: markup });

    const edited = await result("editMessageText", { chat_id: 127, message_id, text: "b" });
    const same = await call("editMessageText", { chat_id: 127, message_id, text: "b" });

    expect(edited).toMatchObject({ text: "b", edit_date: expect.any(Number) });
    expect(edited).not.toHaveProperty("reply_markup");
    expect(same.description).toBe(
      "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
    expect((await chat(127)).messages.at(-1)).toEqual(edited);
  });

  it("edits the buttons alone", async () => {
    const { result } = await withChat();
    const { message_id } = await result("sendMessage", { chat_id: 127, text: "a", reply_markup: markup });

    const edited = await result("editMessageReplyMarkup", { chat_id: 127, message_id });

    expect(edited).toMatchObject({ text: "a" });
    expect(edited).not.toHaveProperty("reply_markup");
  });

  it("refuses what cannot be edited, and deletes", async () => {
    const { call, result, message_id, chat } = await withChat();
    const mine = await result("sendMessage", { chat_id: 127, text: "a" });
    const why = async (name: string, id: unknown) =>
      (await call(name, { chat_id: 127, message_id: id, text: "b", caption: "c" })).description;

    expect(await why("editMessageText", 999)).toBe("Bad Request: message to edit not found");
    expect(await why("editMessageText", message_id)).toBe("Bad Request: message can't be edited");
    expect(await why("editMessageCaption", mine.message_id)).toBe(
      "Bad Request: there is no caption in the message to edit",
    );
    expect(await result("deleteMessage", { chat_id: 127, message_id: mine.message_id })).toBe(true);
    expect(await why("deleteMessage", mine.message_id)).toBe("Bad Request: message to delete not found");
    expect((await chat(127)).messages).toHaveLength(1);
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
