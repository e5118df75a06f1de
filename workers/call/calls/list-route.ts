import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { CALL_STATES } from "../../../contract/call.ts";
import { callList, isCallCursor } from "../../../schema/call-list.ts";
import type { ApiEnv } from "../authenticate.ts";
import { invalid } from "../envelope.ts";
import { cursorThat, pageLimit, QueryTime } from "../page.ts";
import { answers } from "../responses.ts";
import { seenAliases } from "../scopes.ts";
import { check } from "../validate.ts";
import { callAnswer } from "./call-answer.ts";

const Query = z.strictObject({
  alias: z.string().max(200).optional().describe("Only of this communication"),
  state: z.enum(CALL_STATES).optional().describe("Only those in this state"),
  from: QueryTime.describe("Made then or later; ISO 8601 with an offset"),
  to: QueryTime.describe("Made before then"),
  cursor: cursorThat(isCallCursor),
  limit: pageLimit("Calls"),
});

const dateOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

/** `GET …/calls`: the bot's calls that the token might have made, the newest first. */
export class ListRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["calls"],
    operationId: "callList",
    summary: "The bot's calls",
    description: "The calls of the aliases that the token may call, the newest first, by pages.",
    request: { query: Query },
    responses: answers("A page of calls", {
      calls: z.array(z.object(callAnswer)),
      nextCursor: z.string().nullable(),
    }),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot, token } = c.var;
    const query = check(Query, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const { from, to, cursor = null, ...which } = query.value;
    const { calls, next } = await callList(house.db, bot.botId, {
      ...which,
      cursor,
      from: dateOf(from),
      to: dateOf(to),
      aliases: seenAliases(token),
    });
    return c.json({ success: true, calls, nextCursor: next });
  }
}
