import { describe, expect, it } from "vitest";
import { webhookCommandFrom } from "../../../scripts/telegram/webhook-command.ts";

const env = { BOT_TOKEN: "100001:DEMO", SEALING_KEY: "YWJj" };
const bot = { botApi: "https://api.telegram.org", token: "100001:DEMO" };

describe("webhookCommandFrom", () => {
  it("reads set, info and delete", () => {
    expect(webhookCommandFrom(["set", "--url", "https://bot.example/", "--bot", "7"], env)).toEqual({
      kind: "set",
      bot,
      origin: "https://bot.example",
      botId: "7",
      sealingKey: "YWJj",
    });
    expect(webhookCommandFrom(["info"], env)).toEqual({ kind: "info", bot });
    expect(webhookCommandFrom(["delete"], { ...env, TELEGRAM_API_ROOT: "http://127.0.0.1:8081/" })).toEqual({
      kind: "delete",
      bot: { ...bot, botApi: "http://127.0.0.1:8081" },
    });
  });

  it.each([
    [[], env, "set, info or delete"],
    [["info"], {}, "BOT_TOKEN: set it to the bot's token"],
    [["set"], env, "url: give the Worker's https address"],
    [["set", "--url", "http://bot.example"], env, "https addresses alone"],
    [["set", "--url", "https://bot.example"], { BOT_TOKEN: "1:a" }, "SEALING_KEY: set it"],
    [["info", "--fast"], env, "Unknown option '--fast'"],
  ])("refuses %j with a reason", (line, environment, reason) => {
    expect(() => webhookCommandFrom(line, environment)).toThrow(reason);
  });

  it("does not repeat a wrong token", () => {
    const read = () => webhookCommandFrom(["info"], { BOT_TOKEN: "hunter2" });

    expect(read).toThrow("is not a bot token");
    expect(read).not.toThrow("hunter2");
  });
});
