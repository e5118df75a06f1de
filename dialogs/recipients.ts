import { z } from "zod";
import type { Audience } from "../contract/call.ts";
import { type Id, Ids, MOST_RECIPIENTS } from "../contract/id.ts";
import { says } from "../contract/problem.ts";
import { Rule } from "../contract/rule.ts";

/** The audience of these users of the main system. */
export function users(userIds: readonly Id[]): Audience {
  return { userIds };
}

/** The audience of these persons, whatever accounts they have. */
export function persons(personIds: readonly number[]): Audience {
  return { personIds };
}

/** The audience of these leads: their chats, whoever is in them. */
export function leads(leadIds: readonly number[]): Audience {
  return { leadIds };
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

/** Whom a call tells, as its parameters say it: one of them is there. */
export interface Recipients {
  readonly userIds?: readonly Id[] | undefined;
  readonly personIds?: readonly number[] | undefined;
  readonly leadIds?: readonly number[] | undefined;
  readonly audience?: Rule | undefined;
}

/** Ids of persons or leads: numbers of ours. */
export const OurIds = z
  .array(z.int().positive())
  .min(1)
  .max(MOST_RECIPIENTS)
  .transform((ids) => [...new Set(ids)]);

/** The ways to say whom a call tells. */
const ways = {
  userIds: Ids.optional().describe("Who is to be told: users of the main system"),
  personIds: OurIds.optional().describe("Who is to be told: persons; in place of `userIds`"),
  leadIds: OurIds.optional().describe(
    "Which chats are to be told, whoever is in them; in place of `userIds`",
  ),
  audience: Rule.optional().meta({
    type: "object",
    // Recursive, so it stands among the document's components (`workers/console/openapi.ts`).
    $ref: "#/components/schemas/Rule",
    description: "Who is to be told: everybody whom the rule fits; in place of `userIds`",
  }),
};

/** Several at once would leave open who of them is meant; none at all must not mean everybody. */
const exactlyOne = {
  ...says({
    ru: "Укажите, кому сообщить: одно из userIds, personIds, leadIds, audience",
    en: "Say who is to be told: one of userIds, personIds, leadIds, audience",
  }),
  path: ["userIds"],
  // Whatever else is wrong with the call, this is told with it; but not of a list or a rule that is wrong itself.
  when: ({ value, issues }: z.core.ParsePayload): boolean =>
    typeof value === "object" && value !== null && !issues.some(({ path }) => String(path?.[0]) in ways),
};

/**
 * The parameters of a communication that is told to many: `shape`, and one of `userIds`, `personIds`, `leadIds` (the
 * three ways to keep ids, requirement 40) and `audience`, a rule. Unknown names are told.
 */
export function withRecipients<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject({ ...shape, ...ways })
    .refine((given: unknown) => namesOne(given as Recipients), exactlyOne)
    .meta({ oneOf: Object.keys(ways).map((way) => ({ required: [way] })) });
}

function namesOne({ userIds, personIds, leadIds, audience }: Recipients): boolean {
  return [userIds, personIds, leadIds, audience].filter((way) => way !== undefined).length === 1;
}

/** The audience that parameters of `withRecipients` name. @param except users who are left out */
export function told(
  { userIds, personIds, leadIds, audience }: Recipients,
  { except = [], ...reach }: Reach & { readonly except?: readonly Id[] } = {},
): Audience {
  if (userIds) return users(userIds.filter((id) => !except.includes(id)));
  if (personIds) return { ...persons(personIds), except };
  if (leadIds) return { ...leads(leadIds), except };
  if (!audience) throw new Error("Parameters that name nobody were not checked");
  const others = except.map((userId) => ({ not: { userId } }));
  return matching(others.length === 0 ? audience : { and: [audience, ...others] }, reach);
}
