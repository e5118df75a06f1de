import { describe, expect, it } from "vitest";
import { botApi } from "./bot-api.ts";

const refusal = (error_code: number, description: string, parameters = {}) =>
  botApi(error_code, { ok: false, error_code, description, parameters });

describe("what Telegram says", () => {
  it.each([
    [429, "Too Many Requests: retry after 9", { retry_after: 9 }, "channel-busy"],
    [500, "Internal Server Error", {}, "channel-down"],
    [502, "Bad Gateway", {}, "channel-down"],
    [401, "Unauthorized", {}, "channel-down"],
    [403, "Forbidden: bot was blocked by the user", {}, "channel-blocked"],
    [403, "Forbidden: bot can't initiate conversation with a user", {}, "channel-blocked"],
    [403, "Forbidden: user is deactivated", {}, "channel-gone"],
    [400, "Bad Request: chat not found", {}, "channel-blocked"],
    [400, "Bad Request: group chat was upgraded", { migrate_to_chat_id: -100 }, "channel-gone"],
    [400, "Bad Request: failed to get HTTP URL content", {}, "picture-refused"],
    [400, "Bad Request: wrong file identifier/HTTP URL specified", {}, "picture-refused"],
    [400, "Bad Request: PHOTO_INVALID_DIMENSIONS", {}, "picture-refused"],
    [404, "Not Found", {}, "channel-down"],
  ])("%i %s comes in our words: %#", async (code, description, parameters, word) => {
    const { channel } = await refusal(code, description, parameters);

    await expect(channel.send("5", { html: "hi", picture: "http://p.test/1" })).rejects.toMatchObject({
      code: word,
    });
  });

  it.each([
    ["document", 400, "Bad Request: wrong type of the web page content", "picture-refused"],
    ["document", 400, "Bad Request: can't use file of type Photo as Document", "picture-refused"],
    ["voice", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "picture-refused"],
    ["voice", 403, "Forbidden: bot was blocked by the user", "channel-blocked"],
  ] as const)(
    "tells a %s that it will not take from a chat that it will not write to: %i %s",
    async (kind, code, description, word) => {
      const { channel } = await refusal(code, description);

      await expect(
        channel.send("5", { html: "hi", attachment: { kind, source: "http://p.test/1" } }),
      ).rejects.toMatchObject({ code: word });
    },
  );

  it("refuses a text for good", async () => {
    const { channel } = await refusal(400, "Bad Request: message is too long");

    await expect(channel.send("5", { html: "hi" })).rejects.toMatchObject({ code: "channel-refused" });
  });

  it("tells how long to wait", async () => {
    const { channel } = await refusal(429, "Too Many Requests: retry after 9", { retry_after: 9 });

    await expect(channel.send("5", { html: "hi" })).rejects.toMatchObject({ retryAfter: 9 });
  });

  it("is uncertain where the connection is cut, or the answer makes no sense", async () => {
    const cut = await botApi(200, null);
    await expect(cut.channel.send("5", { html: "hi" })).rejects.toMatchObject({ code: "channel-uncertain" });

    const nonsense = await botApi(200, "<html>");
    await expect(nonsense.channel.send("5", { html: "hi" })).rejects.toMatchObject({
      code: "channel-uncertain",
    });
  });

  it.each([
    "null",
    "[]",
    "{}",
    '"yes"',
    '{"ok":true}',
    '{"ok":true,"result":null}',
    '{"ok":true,"result":{"message_id":"5"}}',
    '{"ok":false}',
    '{"ok":false,"error_code":400}',
  ])("is uncertain where the answer is JSON but none of Telegram's: %s", async (body) => {
    const { channel, calls } = await botApi(200, body);

    await expect(channel.send("5", { html: "hi", picture: "http://p.test/1" })).rejects.toMatchObject({
      code: "channel-uncertain",
    });
    expect(calls).toHaveLength(1);
  });

  it("is that it is down where something in front of it answers with an error page", async () => {
    const { channel } = await botApi(502, "<html>Bad gateway</html>", "text/html");

    await expect(channel.send("5", { html: "hi" })).rejects.toMatchObject({ code: "channel-down" });
  });

  it("never shows the token in an error", async () => {
    const { channel } = await botApi(200, null);

    const error = await channel.send("5", { html: "hi" }).catch((thrown: unknown) => thrown);

    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("1:TEST");
  });
});

describe("the webhook", () => {
  it("is told without its address", async () => {
    const { channel } = await botApi(200, {
      ok: true,
      result: {
        url: "https://bot.test/telegram/1",
        has_custom_certificate: false,
        pending_update_count: 3,
        last_error_date: 1_700_000_000,
        last_error_message: "Wrong response from the webhook: 500 Internal Server Error",
      },
    });

    expect(await channel.webhook()).toEqual({
      isSet: true,
      pendingUpdates: 3,
      lastErrorAt: 1_700_000_000_000,
      lastErrorMessage: "Wrong response from the webhook: 500 Internal Server Error",
    });
  });

  it("is not set where it has no address", async () => {
    const result = { url: "", has_custom_certificate: false, pending_update_count: 0 };
    const { channel } = await botApi(200, { ok: true, result });

    expect(await channel.webhook()).toMatchObject({
      isSet: false,
      lastErrorAt: null,
      lastErrorMessage: null,
    });
  });
});
