import { type Endpoint, MAPS } from "../../main-system/endpoint.ts";
import { type WireSchema, wireSchema } from "./wire-schema.ts";
import { INTRODUCTION, MAP_TITLES, TITLE } from "./words.ts";

/** The API that a main system offers the bot, as OpenAPI 3.1. */
export function openApi(endpoints: readonly Endpoint[]) {
  return {
    openapi: "3.1.0",
    info: {
      title: TITLE,
      version: "1",
      description: `${INTRODUCTION} The whole of it, with times, retries and names: docs/main-system.md.`,
      contact: { name: "Whoever runs the main system" },
    },
    servers: [{ url: "http://127.0.0.1:8788/api", description: "The family site of the local world" }],
    security: [{ token: [] }],
    tags: MAPS.map((name) => ({ name, description: MAP_TITLES[name] })),
    paths: pathsOf(endpoints),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Issued by the main system" },
      },
    },
  };
}

function pathsOf(endpoints: readonly Endpoint[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const operations = paths[endpoint.path] ?? {};
    operations[endpoint.method.toLowerCase()] = operationOf(endpoint);
    paths[endpoint.path] = operations;
  }
  return paths;
}

function operationOf(endpoint: Endpoint): object {
  const { name, summary, shared, maps, absent, body, answer, example } = endpoint;
  return {
    operationId: name,
    tags: maps,
    summary,
    description: shared ? `Asked ${shared.is ? "once for many" : "each time"}: ${shared.why}` : summary,
    parameters: parametersOf(endpoint),
    ...(body && { requestBody: { required: true, content: content(wireSchema(body), example.body) } }),
    responses: {
      "200": { description: "Done, or found", content: content(wireSchema(answer), example.answer) },
      "401": { description: "The token is missing or wrong" },
      "404": { description: absent },
    },
  };
}

function content(schema: WireSchema, example: unknown): object {
  return { "application/json": { schema, example } };
}

function parametersOf({ params, query, method, example }: Endpoint): object[] {
  const of = (
    place: "path" | "query",
    schema: WireSchema,
    examples: Readonly<Record<string, unknown>> = {},
  ) =>
    Object.entries(schema.properties ?? {}).map(([name, { description, ...own }]) => ({
      name,
      in: place,
      required: schema.required?.includes(name) ?? false,
      description,
      schema: own,
      ...(name in examples && { example: examples[name] }),
    }));
  return [
    ...of("path", params ? wireSchema(params) : {}, example.params),
    ...of("query", query ? wireSchema(query) : {}, example.query),
    ...(method === "POST" ? [IDEMPOTENCY_KEY] : []),
  ];
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "The same key is the same request: it is done once, and answered the same",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};
