import { describe, expect, it } from "vitest";
import { handClock, withChat } from "./world-kit.ts";

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
