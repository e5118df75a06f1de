import type { Context } from "hono";
import { readUpdate } from "../../channels/telegram/inbound.ts";
import { sameSecret } from "../../contract/digest.ts";
import { BodyTooLarge, boundedJson, NotJson } from "../body.ts";
import type { WorkerEnv } from "../worker-env.ts";

/** No update of Telegram comes near this. */
const LARGEST_UPDATE = 1024 * 1024;

/** The header by which Telegram proves itself (Bot API: setWebhook). */
const SECRET_HEADER = "x-telegram-bot-api-secret-token";

/**
 * `POST /telegram/{botId}`: takes an update of Telegram. It is stored in its conversation before this answers 200,
 * and worked off after it. What is on purpose nothing to us is answered with 200 too, or Telegram would send it for
 * a day and everything behind it would wait.
 */
export async function takeUpdate(c: Context<WorkerEnv>): Promise<Response> {
  const { house } = c.var;
  const botId = c.req.param("botId") ?? "";
  const given = c.req.header(SECRET_HEADER) ?? "";
  if (!(await sameSecret(given, await house.webhookSecret(botId)))) return c.body(null, 401);

  const json = await boundedJson(c.req.raw, LARGEST_UPDATE);
  if (json instanceof BodyTooLarge || json instanceof NotJson) return c.body(null, 400);
  const read = readUpdate(json.value);
  switch (read.kind) {
    case "malformed":
      house.log("update-malformed", { botId });
      return c.body(null, 200);
    case "ignored":
      house.log("update-ignored", { botId, why: read.why });
      return c.body(null, 200);
    case "inbound": {
      const address = { botId, channel: "telegram", externalId: read.inbound.sender.externalId } as const;
      await house.conversation(address).take(address, read.inbound);
      return c.body(null, 200);
    }
  }
}
