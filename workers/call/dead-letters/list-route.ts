import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { isLetterCursor, listLetters } from "../../../schema/dead-letter-box.ts";
import type { ApiEnv } from "../authenticate.ts";
import { invalid } from "../envelope.ts";
import { cursorThat, pageLimit } from "../page.ts";
import { answers } from "../responses.ts";
import { seenAliases } from "../scopes.ts";
import { check } from "../validate.ts";
import { letterAnswer, shownLetter } from "./letter-answer.ts";

const Query = z.strictObject({ cursor: cursorThat(isLetterCursor), limit: pageLimit("Letters") });

/** `GET …/dead-letters`: what could not be done and was put aside, as much of it as the token may see. */
export class LettersRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["dead-letters"],
    operationId: "deadLetters",
    summary: "What could not be done",
    description:
      "Recipients who were given up, of the calls that the token may make, and, for a token of all aliases, messages of the queues that could not be handled. The newest first, by pages.",
    request: { query: Query },
    responses: answers("A page of dead letters", {
      letters: z.array(letterAnswer),
      nextCursor: z.string().nullable(),
    }),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot, token } = c.var;
    const query = check(Query, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const { cursor = null, limit } = query.value;
    const { letters, next } = await listLetters(house.db, bot.botId, cursor, limit, seenAliases(token));
    return c.json({ success: true, letters: letters.map(shownLetter), nextCursor: next });
  }
}
