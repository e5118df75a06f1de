import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { idForWire } from "../../contract/id.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import type { ApiEnv } from "./authenticate.ts";
import { httpFailures, invalid, refused } from "./envelope.ts";
import { reportResponses } from "./responses.ts";
import { mayCall } from "./scopes.ts";
import { check } from "./validate.ts";

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

const Query = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .describe("`nextCursor` of the page before"),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(DEFAULT_PAGE).describe("Recipients a page"),
});

/** `GET …/calls/{callId}`: how far a call is, and the outcome of every recipient, by pages. */
export class ReportRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["calls"],
    operationId: "callReport",
    summary: "How far a call is, and what became of its recipients",
    description:
      "The states of all recipients, counted, and a page of the recipients themselves, in their order.",
    request: { params: z.object({ callId: z.string().describe("As the call was answered") }), query: Query },
    responses: reportResponses,
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot, token } = c.var;
    const query = check(Query, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const report = await callReport(house.db, bot.botId, c.req.param("callId") ?? "");
    if (!report) return c.json(refused("call-not-found", bot.locale));
    if (!mayCall(token, report.alias)) return c.json(httpFailures[403], 403);

    const { cursor, limit } = query.value;
    const after = cursor === undefined ? -1 : Number(cursor);
    const page = await recipientReports(house.db, report.callId, after, limit);
    const recipients = page.map(({ userId, state, reason, updatedAt }) => ({
      userId: idForWire(userId),
      state,
      reason,
      updatedAt,
    }));
    const last = page.length === limit ? page.at(-1) : undefined;
    return c.json({ success: true, ...report, recipients, nextCursor: last ? String(last.seq) : null });
  }
}
