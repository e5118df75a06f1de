import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import type { BotProfile } from "../../contract/bot.ts";
import { RuleNode } from "../../contract/rule.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { api } from "../call/api.ts";
import { tagOf } from "../call/call-route.ts";
import type { AnyEndpoint } from "../linking/endpoint.ts";
import { hasLinking, LINKING_TAG } from "../linking/endpoint-route.ts";
import { linkingEndpoints } from "../linking/endpoints.ts";

/** One operation of a document of OpenAPI, as much of it as is filled in here. */
interface Operation {
  requestBody?: { content?: { "application/json"?: { example?: unknown } } };
}

/** Addresses, and what may be done at each. */
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/**
 * The document of OpenAPI 3.1 of one bot: the calls of its communications, each with an example that works as it is
 * printed, those that make a site one with it, and what every bot has: its calls, dead letters and health.
 */
export function openApiOf(bot: BotProfile, origin: string) {
  const communications = dialogsOfBot(bot.botId).communications.filter(({ isInternal }) => !isInternal);
  const linking = hasLinking(bot.botId) ? linkingEndpoints : [];
  const { paths, components } = api.schema;
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
    tags: tagsOf(communications, linking),
    paths: pathsFor([...communications, ...linking], paths as Paths),
    components: {
      schemas: { ...components?.schemas, ...ruleSchemas() },
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

/** The calls of these communications, and all that isn't a call. */
function pathsFor(
  endpoints: readonly Pick<AnyEndpoint, "alias" | "example">[],
  all: Paths,
): Readonly<Record<string, unknown>> {
  const calls = endpoints.map(({ alias, example }) => {
    const operation = structuredClone(all[`/call/${alias}`]?.post);
    const content = operation?.requestBody?.content?.["application/json"];
    if (content) content.example = { script_request_params: example };
    return [`/call/${alias}`, { post: operation }] as const;
  });
  const others = Object.entries(all).filter(([path]) => !path.startsWith("/call/"));
  return Object.fromEntries([...calls, ...others]);
}

/** A rule of an audience holds rules, so it has a name; chanfana has no way to say that. */
function ruleSchemas(): Readonly<Record<string, unknown>> {
  const { $defs } = z.toJSONSchema(RuleNode, {
    io: "input",
    // zod's pattern of a date is as long as all the rest.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return JSON.parse(JSON.stringify($defs).replaceAll("#/$defs/", "#/components/schemas/"));
}

/** The tag of what makes a site and a bot one. */
const LINKING = { name: LINKING_TAG, description: "A site's accounts and the people of the bot" };

/** The tags of what every bot has. */
const HOUSE_TAGS = [
  { name: "calls", description: "What became of calls, and control of them" },
  { name: "dead-letters", description: "What could not be done and was put aside" },
  { name: "health", description: "How the bot fares" },
];

/** A tag is the first word of an alias; it is described by the section of the map that it stands in. */
function tagsOf(communications: readonly AnyCommunication[], linking: readonly AnyEndpoint[]) {
  const sections = new Map(communications.map(({ alias, map }) => [tagOf(alias), map.section]));
  const tags = [...sections].map(([name, description]) => ({ name, description }));
  return [...tags, ...(linking.length > 0 ? [LINKING] : []), ...HOUSE_TAGS];
}
