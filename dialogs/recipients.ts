import { z } from "zod";
import type { Audience } from "../contract/call.ts";
import { type Id, Ids } from "../contract/id.ts";
import { says } from "../contract/problem.ts";
import { Rule } from "../contract/rule.ts";

/** The audience of these users of the main system. */
export function users(userIds: readonly Id[]): Audience {
  return { userIds };
}

/** Whom an audience by rule may reach. */
interface Reach {
  /** Whether people who have not signed in are told too. Not unless it says so: they are nobody that the system knows. */
  readonly strangers?: boolean;
}

/** The audience of everybody whom a rule fits, of those who are signed in. */
export function matching(rule: Rule, { strangers = false }: Reach = {}): Audience {
  return { rule: strangers ? rule : { and: [rule, { linked: true }] } };
}

/** Whom a call tells, as its parameters say it: one of the two is there. */
export interface Recipients {
  readonly userIds?: readonly Id[] | undefined;
  readonly audience?: Rule | undefined;
}

/** The two ways to say whom a call tells. */
const ways = {
  userIds: Ids.optional().describe("Who is to be told: users of the main system"),
  audience: Rule.optional().meta({
    type: "object",
    // Recursive, so it stands among the document's components (`workers/console/openapi.ts`).
    $ref: "#/components/schemas/Rule",
    description: "Who is to be told: everybody whom the rule fits; in place of `userIds`",
  }),
};

/** Both at once would leave open who of them is meant; none at all must not mean everybody. */
const exactlyOne = {
  ...says({
    ru: "Укажите, кому сообщить: либо userIds, либо audience",
    en: "Say who is to be told: either userIds or audience",
  }),
  path: ["userIds"],
  // Whatever else is wrong with the call, this is told with it; but not of a list or a rule that is wrong itself.
  when: ({ value, issues }: z.core.ParsePayload): boolean =>
    typeof value === "object" && value !== null && !issues.some(({ path }) => String(path?.[0]) in ways),
};

/**
 * The parameters of a communication that is told to users by their ids, or to everybody whom a rule fits: `shape`,
 * and `userIds` or `audience`, exactly one of both. Unknown names are told.
 */
export function withRecipients<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject({ ...shape, ...ways })
    .refine((given: unknown) => namesOne(given as Recipients), exactlyOne)
    .meta({ oneOf: [{ required: ["userIds"] }, { required: ["audience"] }] });
}

function namesOne({ userIds, audience }: Recipients): boolean {
  return (userIds === undefined) !== (audience === undefined);
}

/** The audience that parameters of `withRecipients` name. @param except users who are left out */
export function told(
  { userIds, audience }: Recipients,
  { except = [], ...reach }: Reach & { readonly except?: readonly Id[] } = {},
): Audience {
  if (userIds) return users(userIds.filter((id) => !except.includes(id)));
  if (!audience) throw new Error("Parameters that name nobody were not checked");
  const others = except.map((userId) => ({ not: { userId } }));
  return matching(others.length === 0 ? audience : { and: [audience, ...others] }, reach);
}
