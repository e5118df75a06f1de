import type { Context } from "hono";
import { z } from "zod";
import { type CallReport, callReport } from "../../../schema/call-report.ts";
import type { ApiEnv } from "../authenticate.ts";
import { refused } from "../envelope.ts";
import { mayCall } from "../scopes.ts";

/** The part of an address that names a call. */
export const CallParams = z.object({ callId: z.string().describe("As the call was answered") });

/** The call that a request names, or that there is none: also of one that is of another bot, or not of its aliases. */
export async function knownCall(c: Context<ApiEnv>): Promise<CallReport | Response> {
  const { house, bot, token } = c.var;
  const report = await callReport(house.db, bot.botId, c.req.param("callId") ?? "");
  return report && mayCall(token, report.alias) ? report : c.json(refused("call-not-found", bot.locale));
}
