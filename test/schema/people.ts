import { env } from "cloudflare:workers";
import fc from "fast-check";
import type { Rule } from "../../contract/rule.ts";

/** A lead as a test of rules makes it. */
export interface SomeLead {
  readonly language: "ru" | "en";
  readonly tags: readonly string[];
  readonly status: "active" | "blocked" | "deleted";
  readonly lastActivityAt: number;
}

/** A person with their leads. */
export interface SomePerson {
  readonly role: string;
  readonly kind: "employee" | "client";
  readonly active: boolean;
  readonly blocked: boolean;
  readonly isLinked: boolean;
  readonly leads: readonly SomeLead[];
}

/** Everybody whom a bot knows. */
export interface SomePeople {
  readonly persons: readonly SomePerson[];
  readonly strangers: readonly SomeLead[];
}

const roles = ["user", "editor"];
const tags = ["news", "sale"];
/** Few, so that they often meet the times of a rule exactly. */
const times = [0, 1_000, 2_000, 3_000];
const isoTimes = times.map((time) => new Date(time).toISOString());

const lead: fc.Arbitrary<SomeLead> = fc.record({
  language: fc.constantFrom("ru", "en"),
  tags: fc.subarray(tags),
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constant("active" as const) },
    fc.constantFrom("blocked", "deleted"),
  ),
  lastActivityAt: fc.constantFrom(...times),
});

const person: fc.Arbitrary<SomePerson> = fc.record({
  role: fc.constantFrom(...roles),
  kind: fc.constantFrom("employee", "client"),
  active: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  blocked: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  isLinked: fc.boolean(),
  leads: fc.array(lead, { maxLength: 3 }),
});

/** Anybody at all. */
export const somePeople: fc.Arbitrary<SomePeople> = fc.record({
  persons: fc.array(person, { maxLength: 6 }),
  strangers: fc.array(lead, { maxLength: 6 }),
});

const condition: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ role: fc.constantFrom(...roles) }),
  fc.record({ tag: fc.constantFrom(...tags) }),
  fc.record({ language: fc.constantFrom("ru", "en") }),
  fc.record({ kind: fc.constantFrom("employee", "client") }),
  fc.record({ linked: fc.boolean() }),
  fc.record({ userId: fc.constantFrom("user-0", "user-1") }),
  fc.record({ activeAfter: fc.constantFrom(...isoTimes) }),
  fc.record({ activeBefore: fc.constantFrom(...isoTimes) }),
);

/** Any rule of some depth. */
export const someRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => {
  const rules = fc.array(tie("rule"), { minLength: 1, maxLength: 3 });
  return {
    rule: fc.oneof(
      { maxDepth: 3 },
      condition,
      fc.tuple(condition, tie("rule")).map(([one, other]) => ({ ...one, ...other })),
      fc.record({ and: rules }),
      fc.record({ or: rules }),
      fc.record({ not: tie("rule") }),
    ),
  };
}).rule;

/** What a rule says of a lead, in plain words. */
export function fits(
  rule: Rule,
  lead: SomeLead,
  person: (SomePerson & { readonly userId: string }) | null,
): boolean {
  const isLinked = person?.isLinked === true;
  const {
    role,
    tag,
    language,
    kind,
    linked,
    userId,
    activeAfter,
    activeBefore,
    and = [],
    or = [],
    not,
  } = rule;
  return [
    role === undefined || person?.role === role,
    tag === undefined || lead.tags.includes(tag),
    language === undefined || lead.language === language,
    kind === undefined || person?.kind === kind,
    linked === undefined || isLinked === linked,
    userId === undefined || (isLinked && person.userId === userId),
    activeAfter === undefined || lead.lastActivityAt > Date.parse(activeAfter),
    activeBefore === undefined || lead.lastActivityAt < Date.parse(activeBefore),
    and.every((part) => fits(part, lead, person)),
    or.length === 0 || or.some((part) => fits(part, lead, person)),
    not === undefined || !fits(not, lead, person),
  ].every(Boolean);
}

/** Puts people into the database as a bot's, a while ago, in place of whoever was there. Person N is the user `user-N`. */
export async function settle(botId: string, { persons, strangers }: SomePeople): Promise<void> {
  const person = env.DB.prepare(
    "INSERT INTO persons (bot_id, first_name, role, kind, active, blocked, created_at, updated_at) VALUES (?, 'А', ?, ?, ?, ?, 0, 0)",
  );
  const link = env.DB.prepare(
    "INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at, unlinked_at) SELECT ?, ?, max(id), ?, 0, ? FROM persons",
  );
  const lead = (isStranger: boolean) =>
    env.DB.prepare(
      `INSERT INTO leads (bot_id, channel, external_id, first_name, person_id, language, status, tags, created_at, last_activity_at)
        SELECT ?, 'telegram', ?, 'А', ${isStranger ? "NULL" : "(SELECT max(id) FROM persons)"}, ?, ?, ?, 0, ?`,
    );
  const leadRow = (name: string, { language, status, tags, lastActivityAt }: SomeLead) =>
    [botId, name, language, status, JSON.stringify(tags), lastActivityAt] as const;
  const statements = [
    ...["leads", "web_users", "persons"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    ...strangers.map((one, at) => lead(true).bind(...leadRow(`stranger-${at}`, one))),
    ...persons.flatMap((one, at) => [
      person.bind(botId, one.role, one.kind, Number(one.active), Number(one.blocked)),
      link.bind(botId, `${botId}-${at}`, `user-${at}`, one.isLinked ? null : 1),
      ...one.leads.map((own, which) => lead(false).bind(...leadRow(`person-${at}-${which}`, own))),
    ]),
  ];
  await env.DB.batch(statements);
}
