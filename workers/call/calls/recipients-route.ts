import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import type { ApiEnv } from "../authenticate.ts";
import { invalid } from "../envelope.ts";
import { answers } from "../responses.ts";
import { check } from "../validate.ts";
import { CallParams, knownCall } from "./known-call.ts";
import { RecipientQuery, recipientPage, recipientPageAnswer } from "./recipient-page.ts";

/** `GET …/calls/{callId}/recipients`: what became of the recipients, by state and by pages. */
export class RecipientsRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["calls"],
    operationId: "callRecipients",
    summary: "What became of a call's recipients",
    description: "A page of a call's recipients in their order: all of them, or those in one state.",
    request: { params: CallParams, query: RecipientQuery },
    responses: answers("A page of recipients", recipientPageAnswer),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot } = c.var;
    const query = check(RecipientQuery, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const call = await knownCall(c);
    if (call instanceof Response) return call;
    return c.json({ success: true, ...(await recipientPage(house.db, call.callId, query.value)) });
  }
}
