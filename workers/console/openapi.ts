import { dialogsOfBot } from "../../communications/bots.ts";
import type { BotProfile } from "../../contract/bot.ts";
import { api } from "../call/api.ts";

/** One operation of a document of OpenAPI, as much of it as is filled in here. */
interface Operation {
  requestBody?: { content?: { "application/json"?: { example?: unknown } } };
}

/**
 * The document of OpenAPI 3.1 of one bot: the calls of its communications, each with an example that works as it is
 * printed, and the report of a call.
 */
export function openApiOf(bot: BotProfile, origin: string) {
  const { communications } = dialogsOfBot(bot.botId);
  const all = api.schema.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  const paths: Record<string, unknown> = {};
  for (const { alias, example } of communications) {
    const operation = structuredClone(all[`/call/${alias}`]?.post);
    const content = operation?.requestBody?.content?.["application/json"];
    if (content) content.example = { script_request_params: example };
    paths[`/call/${alias}`] = { post: operation };
  }
  paths["/calls/{callId}"] = all["/calls/{callId}"];
  return {
    openapi: "3.1.0",
    info: {
      title: `Beseda: bot ${bot.botId} (@${bot.username})`,
      version: "1",
      description: "Starts communications with people in the messenger, and tells what became of them.",
      contact: { name: "The bot's administrator", url: bot.siteUrl },
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: `${origin}/api/v1/bots/${encodeURIComponent(bot.botId)}` }],
    security: [{ token: [] }],
    tags: tagsOf(communications.map(({ alias }) => alias)),
    paths,
    components: {
      ...api.schema.components,
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "An API token that an administrator has issued",
        },
      },
    },
  };
}

function tagsOf(aliases: readonly string[]) {
  const names = [...new Set(aliases.map((alias) => alias.split("/")[0] ?? alias)), "calls"];
  return names.map((name) => ({
    name,
    description: name === "calls" ? "What became of calls" : `Calls of ${name}`,
  }));
}
