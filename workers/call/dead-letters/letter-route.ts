import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { isRefusal } from "../../../contract/refusal.ts";
import type { ApiEnv } from "../authenticate.ts";
import { refused } from "../envelope.ts";
import { answers } from "../responses.ts";
import { seenAliases } from "../scopes.ts";
import { putAwayLetter, redriveLetter } from "./redrive.ts";

/** What can be done to a dead letter, by the last word of the address. */
export const letterActs = {
  redrive: {
    operationId: "deadLetterRedrive",
    summary: "Try once more what could not be done",
    description:
      "The recipient is tried again, or the message put into its queue. What fails once more becomes a dead letter anew.",
    act: redriveLetter,
  },
  dismiss: {
    operationId: "deadLetterDismiss",
    summary: "Put a dead letter away",
    description:
      "Nothing is to be done about it: it stays in the list, and is not counted by `health` any more. May be asked twice.",
    act: putAwayLetter,
  },
} as const;

/** Gives an act its address: `POST …/dead-letters/{id}/{verb}`. */
export function letterRoute(verb: keyof typeof letterActs) {
  const { act, ...told } = letterActs[verb];
  return class extends OpenAPIRoute<[Context<ApiEnv>]> {
    override schema = {
      tags: ["dead-letters"],
      ...told,
      request: { params: z.object({ id: z.string() }) },
      responses: answers("Done, or refused with a reason", { id: z.string() }),
    };

    override async handle(c: Context<ApiEnv>): Promise<Response> {
      const { house, bot, token } = c.var;
      const asked = { id: c.req.param("id") ?? "", botId: bot.botId, aliases: seenAliases(token) };
      const done = await act(asked, house);
      return c.json(isRefusal(done) ? refused(done.refused, bot.locale) : { success: true, ...done });
    }
  };
}
