import { dialogsOfBot } from "../../communications/bots.ts";
import type { BotProfile } from "../../contract/bot.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { api } from "../call/api.ts";
import { tagOf } from "../call/call-route.ts";

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
    tags: tagsOf(communications),
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

/** A tag is the first word of an alias; it is described by the section of the map that it stands in. */
function tagsOf(communications: readonly AnyCommunication[]) {
  const sections = new Map(communications.map(({ alias, map }) => [tagOf(alias), map.section]));
  const tags = [...sections].map(([name, description]) => ({ name, description }));
  return [...tags, { name: "calls", description: "What became of calls" }];
}
