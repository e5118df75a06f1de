import { type SQL, sql } from "drizzle-orm";
import type { Rule } from "../contract/rule.ts";

/**
 * A rule as a condition: 1 or 0, never NULL, so that `not` turns it round for strangers too. Stands in a statement
 * where `persons` and `web_users` are the lead's person and their open link, or no row; each condition takes one
 * parameter.
 * @param lead the name that the lead has there
 */
export function ruleSql(rule: Rule, lead: SQL): SQL {
  const { and = [], or = [], not } = rule;
  const parts = [
    ...conditions(rule, lead),
    ...and.map((part) => ruleSql(part, lead)),
    ...(or.length > 0
      ? [
          joined(
            or.map((part) => ruleSql(part, lead)),
            sql` OR `,
          ),
        ]
      : []),
    ...(not ? [sql`NOT ${ruleSql(not, lead)}`] : []),
  ];
  return joined(parts, sql` AND `);
}

function conditions(rule: Rule, lead: SQL): SQL[] {
  const { role, tag, language, kind, linked, userId, activeAfter, activeBefore } = rule;
  const found: (SQL | undefined)[] = [
    role === undefined ? undefined : sql`persons.role IS ${role}`,
    tag === undefined
      ? undefined
      : sql`EXISTS (SELECT 1 FROM json_each(${lead}.tags) AS tag WHERE tag.value = ${tag})`,
    language === undefined ? undefined : sql`${lead}.language = ${language}`,
    kind === undefined ? undefined : sql`persons.kind IS ${kind}`,
    linked === undefined ? undefined : sql`(web_users.id IS NOT NULL) = ${Number(linked)}`,
    userId === undefined ? undefined : sql`web_users.web_user_id IS ${userId}`,
    activeAfter === undefined ? undefined : sql`${lead}.last_activity_at > ${Date.parse(activeAfter)}`,
    activeBefore === undefined ? undefined : sql`${lead}.last_activity_at < ${Date.parse(activeBefore)}`,
  ];
  return found.filter((condition) => condition !== undefined);
}

function joined(parts: readonly SQL[], by: SQL): SQL {
  return sql`(${sql.join([...parts], by)})`;
}
