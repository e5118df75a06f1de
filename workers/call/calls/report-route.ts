import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import type { ApiEnv } from "../authenticate.ts";
import { invalid } from "../envelope.ts";
import { answers } from "../responses.ts";
import { check } from "../validate.ts";
import { callAnswer, progressAnswer, progressOf } from "./call-answer.ts";
import { CallParams, knownCall } from "./known-call.ts";
import { RecipientQuery, recipientPage, recipientPageAnswer } from "./recipient-page.ts";

/** `GET …/calls/{callId}`: how far a call is, and the outcome of every recipient, by pages. */
export class ReportRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["calls"],
    operationId: "callReport",
    summary: "How far a call is, and what became of its recipients",
    description:
      "The states of all recipients, counted, and a page of the recipients themselves, in their order.",
    request: { params: CallParams, query: RecipientQuery },
    responses: answers("How far the call is, and what became of a page of its recipients", {
      ...callAnswer,
      ...progressAnswer,
      ...recipientPageAnswer,
    }),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot } = c.var;
    const query = check(RecipientQuery, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const call = await knownCall(c);
    if (call instanceof Response) return call;
    const [progress, page] = await Promise.all([
      progressOf(call, house),
      recipientPage(house.db, call.callId, query.value),
    ]);
    return c.json({ success: true, ...call, ...progress, ...page });
  }
}
