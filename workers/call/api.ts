import { fromHono } from "chanfana";
import { Hono } from "hono";
import { maps } from "../../communications/registry.ts";
import type { ApiEnv } from "./authenticate.ts";
import { callRoute } from "./call-route.ts";
import { ReportRoute } from "./report-route.ts";

/** The API of every bot, as chanfana keeps it: one literal operation for each alias. */
export const api = fromHono(new Hono<ApiEnv>(), {
  docs_url: null,
  redoc_url: null,
  openapi_url: null,
  openapiVersion: "3.1",
  passthroughErrors: true,
});

for (const { communications } of Object.values(maps)) {
  for (const communication of communications)
    api.post(`/call/${communication.alias}`, callRoute(communication));
}
api.get("/calls/:callId", ReportRoute);
