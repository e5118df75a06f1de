import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { LiveStep } from "../../../contract/live-step.ts";
import { within } from "../../../contract/within.ts";
import { leadChats } from "../../../schema/lead-chats.ts";
import type { ApiEnv } from "../authenticate.ts";
import { httpFailures, invalid } from "../envelope.ts";
import { answers } from "../responses.ts";
import { seenAliases } from "../scopes.ts";
import { check } from "../validate.ts";

/** Conversations asked for one page: each is a request to an object of its own. */
const PAGE = 100;
/** A conversation only reads what it has: one that takes longer is gone. */
const LONGEST_MS = 5_000;

const Query = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe("`nextAfter` of the page before"),
});

/** `GET …/runs`: where the open runs of the bot's conversations stand, by pages of leads. */
export class RunsRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["health"],
    operationId: "runs",
    summary: "Where open dialogs stand",
    description:
      "The steps at which open dialogs would go on, for `npm run dialogs:check`. Asks each conversation, a hundred for a page; for tokens that may call everything.",
    request: { query: Query },
    responses: answers("A page of the bot's leads", {
      steps: z.array(LiveStep.extend({ runs: z.int() })),
      nextAfter: z.int().nullable(),
    }),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot, token } = c.var;
    if (seenAliases(token) !== null) return c.json(httpFailures[403], 403);
    const query = check(Query, c.req.query(), bot.locale);
    if (!query.ok) return c.json(invalid(query.problems, bot.locale));
    const chats = await leadChats(house.db, bot.botId, query.value.after, PAGE);
    const live = await Promise.all(
      chats.map(({ address }) =>
        within(LONGEST_MS, "A conversation", house.conversation(address).liveSteps()),
      ),
    );
    const nextAfter = chats.length < PAGE ? null : (chats.at(-1)?.leadId ?? null);
    return c.json({ success: true, steps: counted(live.flat()), nextAfter });
  }
}

/** How many runs would go on at each step. */
function counted(steps: readonly LiveStep[]) {
  const counts = new Map<string, LiveStep & { runs: number }>();
  for (const { alias, step } of steps) {
    const name = `${alias} ${step}`;
    const known = counts.get(name) ?? { alias, step, runs: 0 };
    counts.set(name, { ...known, runs: known.runs + 1 });
  }
  return [...counts.values()];
}
