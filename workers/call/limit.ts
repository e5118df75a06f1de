import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Audience } from "../../contract/call.ts";
import type { Rule } from "../../contract/rule.ts";
import { countCall } from "../../schema/token-check.ts";
import type { ApiEnv } from "./authenticate.ts";
import { httpFailures } from "./envelope.ts";

/** As how many calls one counts whose audience is a rule: many are looked at, however few it fits. */
const RULE_WEIGHT = 10;
/** Ids that a call may name before it counts as one more. */
const IDS_A_CALL = 1_000;

/** Counts the calls of a token, and turns away those over its limit (429) until its next minute. */
export const limitCalls = createMiddleware<ApiEnv>(async (c, next) => (await turnedAway(c, 1)) ?? next());

/**
 * Counts a call once more, as often as its audience weighs; the answer where that is over the token's limit. One that
 * weighs more than the whole limit takes a whole minute.
 */
export function limitWeight(c: Context<ApiEnv>, audience: Audience): Promise<Response | null> {
  const { callsPerMinute } = c.var.token;
  return turnedAway(c, Math.min(weightOf(audience), callsPerMinute ?? 1) - 1);
}

/** As how many calls one to this audience counts. */
export function weightOf(audience: Audience): number {
  if ("rule" in audience) return RULE_WEIGHT;
  return 1 + Math.floor(idsOf(audience).length / IDS_A_CALL);
}

function idsOf(audience: Exclude<Audience, { readonly rule: Rule }>): readonly unknown[] {
  if ("userIds" in audience) return audience.userIds;
  return "personIds" in audience ? audience.personIds : audience.leadIds;
}

async function turnedAway(c: Context<ApiEnv>, times: number): Promise<Response | null> {
  if (times === 0) return null;
  const { house, token } = c.var;
  const counted = await countCall(house.db, token, house.now(), times);
  return counted.ok
    ? null
    : c.json(httpFailures[429], 429, { "Retry-After": String(counted.retryAfterSeconds) });
}
