import { z } from "zod";
import { Id } from "./id.ts";
import { says } from "./problem.ts";
import { When } from "./when.ts";
import { LANGUAGES } from "./words.ts";

/** How deep and how long a rule may be: it becomes one statement of at most 100 parameters (D1). */
const DEEPEST = 6;
const MOST_CONDITIONS = 40;
/** Names and elements that are looked at: a rule of nothing but mistakes must not cost a report on each. */
const MOST_PARTS = 500;

/** Conditions beside each other must all hold. */
const Conditions = {
  role: z.string().min(1).max(64).optional().describe("The person's role in the main system"),
  tag: z.string().min(1).max(64).optional().describe("A tag of the lead"),
  language: z.enum(LANGUAGES).optional().describe("The language that the lead is spoken to in"),
  kind: z.enum(["employee", "client"]).optional(),
  linked: z.boolean().optional().describe("Whether the lead is signed in as a user of the main system"),
  userId: Id.optional().describe("The user of the main system whom the lead is signed in as"),
  activeAfter: When.optional().describe("The lead was last heard of after this"),
  activeBefore: When.optional().describe("The lead was last heard of before this"),
};

/**
 * Whom a call tells, by what is known of them: `{"role":"user","tag":"news"}`, with `and`, `or`, `not`. What stands
 * beside each other must all hold; the empty rule is refused, since it would mean everybody by mistake.
 */
export interface Rule extends z.infer<z.ZodObject<typeof Conditions>> {
  readonly and?: readonly Rule[] | undefined;
  readonly or?: readonly Rule[] | undefined;
  readonly not?: Rule | undefined;
}

const EMPTY = says({ ru: "Правило пусто", en: "The rule is empty" });
const TOO_LONG = says({
  ru: `В правиле больше ${MOST_CONDITIONS} условий, или оно вложено глубже ${DEEPEST} уровней`,
  en: `The rule has more than ${MOST_CONDITIONS} conditions, or nests deeper than ${DEEPEST} levels`,
});

/** A rule of any size; for the document of the API. */
export const RuleNode: z.ZodType<Rule> = z
  .lazy(() =>
    z
      .strictObject({
        ...Conditions,
        and: z.array(RuleNode).min(1).max(MOST_CONDITIONS).optional(),
        or: z.array(RuleNode).min(1).max(MOST_CONDITIONS).optional(),
        not: RuleNode.optional(),
      })
      .refine((rule) => Object.values(rule).some((value) => value !== undefined), EMPTY),
  )
  .meta({ id: "Rule" });

/** Whom a call tells, by what is known of them. */
export const Rule = z
  .unknown()
  .refine((given) => partsIn(given) <= MOST_PARTS, TOO_LONG)
  .pipe(RuleNode)
  .refine((rule) => depthOf(rule) <= DEEPEST && conditionsIn(rule) <= MOST_CONDITIONS, TOO_LONG);

/** Names and elements in a value of JSON, counted until there are too many. */
function partsIn(given: unknown): number {
  const left = [given];
  let parts = 0;
  while (left.length > 0 && parts <= MOST_PARTS) {
    const one = left.pop();
    if (typeof one !== "object" || one === null) continue;
    const values: readonly unknown[] = Object.values(one);
    parts += values.length;
    left.push(...values.slice(0, MOST_PARTS));
  }
  return parts;
}

function parts({ and = [], or = [], not }: Rule): readonly Rule[] {
  return [...and, ...or, ...(not ? [not] : [])];
}

function depthOf(rule: Rule): number {
  return 1 + Math.max(0, ...parts(rule).map(depthOf));
}

function conditionsIn(rule: Rule): number {
  const own = Object.keys(Conditions).filter((name) => rule[name as keyof Rule] !== undefined).length;
  return parts(rule).reduce((sum, part) => sum + conditionsIn(part), own);
}
