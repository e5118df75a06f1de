import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteWebhook, setWebhook, webhookInfo } from "../../../scripts/telegram/webhook.ts";

const TOKEN = "100001:DEMO";

let server: Server;
let bot: { botApi: string; token: string };
let asked: { path: string; body: unknown }[];
let reply: { status: number; body: unknown };

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? "", body: JSON.parse(await text(request)) });
    response.writeHead(reply.status).end(JSON.stringify(reply.body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  bot = { botApi: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, token: TOKEN };
});

afterEach(() => {
  server.close();
});

describe("the webhook at Telegram", () => {
  it("is set with its secret and the updates that the Worker takes", async () => {
    reply = { status: 200, body: { ok: true, result: true } };

    await setWebhook({ ...bot, url: "https://bot.example/telegram/1", secret: "s" });

    expect(asked).toEqual([
      {
        path: `/bot${TOKEN}/setWebhook`,
        body: {
          url: "https://bot.example/telegram/1",
          secret_token: "s",
          allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
        },
      },
    ]);
  });

  it("tells where updates go", async () => {
    reply = { status: 200, body: { ok: true, result: { url: "https://a", pending_update_count: 2 } } };

    expect(await webhookInfo(bot)).toEqual({ url: "https://a", pending_update_count: 2 });
  });

  it("complains in Telegram's words, without the token", async () => {
    reply = { status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } };

    const failed = deleteWebhook(bot);

    await expect(failed).rejects.toThrow(
      "Telegram refused deleteWebhook: Unauthorized (401). Is the bot's token right?",
    );
    await expect(failed).rejects.not.toThrow(TOKEN);
  });

  it("complains where no Bot API answers, without the token", async () => {
    const failed = deleteWebhook({ ...bot, botApi: "http://127.0.0.1:1" });

    await expect(failed).rejects.toThrow("No Bot API answers at http://127.0.0.1:1 (deleteWebhook).");
  });
});
