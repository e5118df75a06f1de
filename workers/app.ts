import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { errorFacts } from "../contract/errors.ts";
import { api } from "./call/api.ts";
import { authenticate } from "./call/authenticate.ts";
import { httpFailures } from "./call/envelope.ts";
import { limitCalls } from "./call/limit.ts";
import { docs, openApiJson } from "./console/docs.ts";
import { houseFrom } from "./house.ts";
import { takeUpdate } from "./telegram/webhook.ts";
import type { WorkerEnv } from "./worker-env.ts";

/** Every way in over HTTP. */
export const app = new Hono<WorkerEnv>();

app.use(async (c, next) => {
  c.set("house", houseFrom(c.env));
  await next();
});

app.get("/", (c) => c.redirect("/api/docs"));
app.get("/healthz", (c) => c.json({ ok: true }));
app.post("/telegram/:botId", takeUpdate);
app.get("/api/docs/", (c) => c.redirect("/api/docs"));
app.route("/api/docs", docs);
app.get("/api/v1/bots/:botId/openapi.json", openApiJson);

// The long form names the bot, the short one leaves it to a token of just one (requirement 1).
for (const base of ["/api/v1/bots/:botId", ""]) {
  for (const place of ["call", "calls", "dead-letters", "health", "runs"])
    app.use(`${base}/${place}/*`, authenticate);
  app.use(`${base}/call/*`, limitCalls);
}
// `original`: behind chanfana's proxy every app looks as if it had an error handler of its own.
app.route("/api/v1/bots/:botId", api.original);
app.route("/", api.original);

app.notFound((c) => c.json(httpFailures[404], 404));

app.onError((error, c) => {
  // Hono's own checks of forms: one that another site sent (403), or that is too large.
  if (error instanceof HTTPException) {
    return error.status === 403 ? c.json(httpFailures[403], 403) : error.getResponse();
  }
  const id = crypto.randomUUID();
  const cause = error.cause instanceof Error ? error.cause.name : null;
  c.var.house.log("request-failed", { id, path: c.req.routePath, ...errorFacts(error), cause });
  return c.json(httpFailures[500], 500, { "X-Request-Id": id });
});
