import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askBot } from "../../../examples/family-site/bot/ask.ts";
import { type FakeBot, fakeBot } from "./fake-bot.ts";
import { fakeClock } from "./fake-clock.ts";

const PIN = { buid: "ZRvJxYsn6Vr2sQVQ", pin: "314159" };

let bot: FakeBot;
let logged: unknown[];
beforeEach(async () => {
  bot = await fakeBot();
  logged = [];
});
afterEach(() => bot.close());

const ask = (key?: string) => {
  const log = (...words: unknown[]) => void logged.push(...words);
  return askBot(
    { bot: { apiUrl: bot.url, token: "bot-secret" }, clock: fakeClock(), log },
    "authorize",
    PIN,
    key,
  );
};

describe("what a page asks the bot", () => {
  it("goes with the token, the parameters and, where it has one, the key", async () => {
    await ask("key-1");
    await ask();

    const [first, second] = bot.calls;
    expect(first).toMatchObject({
      path: "/api/v1/bots/1/call/authorize",
      params: PIN,
      headers: { authorization: "Bearer bot-secret", "idempotency-key": "key-1" },
    });
    expect(second?.headers).not.toHaveProperty("idempotency-key");
  });

  it("is answered with all that the bot says", async () => {
    bot.answers.push({ body: { success: true, status: "linked", userId: 127, leadName: "Ева" } });

    expect(await ask()).toEqual({
      kind: "yes",
      answer: { success: true, status: "linked", userId: 127, leadName: "Ева" },
    });
  });

  it.each([
    [
      { success: false, errorCode: "pin-wrong", message: "Неверный PIN-код", attemptsLeft: 4 },
      { kind: "no", errorCode: "pin-wrong", message: "Неверный PIN-код", attemptsLeft: 4 },
    ],
    [
      { success: false, errorCode: "pin-used", message: "Уже введён", attemptsLeft: "many" },
      { kind: "no", errorCode: "pin-used", message: "Уже введён" },
    ],
    [
      { success: false, errorCode: 422, message: "Поле pin" },
      { kind: "no", errorCode: "422", message: "Поле pin" },
    ],
    [{ success: false }, { kind: "no", errorCode: "unknown", message: "" }],
  ])("may be refused: %o", async (body, answer) => {
    bot.answers.push({ body });

    expect(await ask()).toEqual(answer);
    expect(logged).toEqual([]);
  });

  it.each([
    ["90", 90],
    ["Sun, 03 May 2026 09:02:00 GMT", 120],
    [undefined, null],
  ])("may have to wait: Retry-After %s", async (header, retryAfterS) => {
    bot.answers.push({ status: 429, headers: header ? { "Retry-After": header } : {}, body: {} });

    expect(await ask()).toEqual({ kind: "busy", retryAfterS });
  });

  it.each([
    ["a cut connection", "cut", "authorize not answered: no answer"],
    ["a 500", { status: 500, body: PIN }, "authorize not answered: 500 (not to be read)"],
    [
      "a 401",
      { status: 401, body: { success: false, errorCode: "unauthorized" } },
      "authorize not answered: 401 unauthorized",
    ],
    ["a 403", { status: 403, body: { success: false } }, "authorize not answered: 403 (no code)"],
    ["a 404", { status: 404, body: "" }, "authorize not answered: 404 (not to be read)"],
    [
      "a redirect",
      { status: 302, headers: { Location: "http://127.0.0.1:9/" }, body: {} },
      "authorize not answered: 302 (not to be read)",
    ],
    ["what is no JSON", { body: "<h1>314159</h1>" }, "authorize not answered: 200 (not to be read)"],
    [
      "a bot that could not ask us",
      { body: { success: false, errorCode: "system-unavailable" } },
      "authorize not answered: 200 system-unavailable",
    ],
    [
      "chats not reached",
      { body: { success: false, errorCode: "conversation-unreached" } },
      "authorize not answered: 200 conversation-unreached",
    ],
    ["a key in use", { body: { success: false, errorCode: 409 } }, "authorize not answered: 200 409"],
  ] as const)(
    "is not answered by %s, which is logged without a word of what was asked",
    async (_, next, line) => {
      bot.answers.push(next);

      expect(await ask()).toEqual({ kind: "silent" });
      expect(logged).toEqual([line]);
    },
  );
});
