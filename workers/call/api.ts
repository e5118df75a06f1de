import { fromHono } from "chanfana";
import { Hono } from "hono";
import { communicationsOf, maps } from "../../communications/registry.ts";
import { endpointRoute } from "../linking/endpoint-route.ts";
import { linkingEndpoints } from "../linking/endpoints.ts";
import type { ApiEnv } from "./authenticate.ts";
import { callRoute } from "./call-route.ts";
import { controlRoute, controls } from "./calls/control-route.ts";
import { ListRoute } from "./calls/list-route.ts";
import { RecipientsRoute } from "./calls/recipients-route.ts";
import { ReportRoute } from "./calls/report-route.ts";
import { letterActs, letterRoute } from "./dead-letters/letter-route.ts";
import { LettersRoute } from "./dead-letters/list-route.ts";
import { HealthRoute } from "./health/health-route.ts";
import { RunsRoute } from "./runs/runs-route.ts";

/** The API of every bot, as chanfana keeps it: one literal operation for each alias. */
export const api = fromHono(new Hono<ApiEnv>(), {
  docs_url: null,
  redoc_url: null,
  openapi_url: null,
  openapiVersion: "3.1",
  passthroughErrors: true,
});

for (const map of Object.values(maps)) {
  for (const communication of communicationsOf(map).filter(({ isInternal }) => !isInternal))
    api.post(`/call/${communication.alias}`, callRoute(communication));
}
for (const endpoint of linkingEndpoints) api.post(`/call/${endpoint.alias}`, endpointRoute(endpoint));
api.get("/calls", ListRoute);
api.get("/calls/:callId", ReportRoute);
api.get("/calls/:callId/recipients", RecipientsRoute);
for (const verb of Object.keys(controls) as (keyof typeof controls)[])
  api.post(`/calls/:callId/${verb}`, controlRoute(verb));
api.get("/dead-letters", LettersRoute);
for (const verb of Object.keys(letterActs) as (keyof typeof letterActs)[])
  api.post(`/dead-letters/:id/${verb}`, letterRoute(verb));
api.get("/health", HealthRoute);
api.get("/runs", RunsRoute);
