import { type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

/** The aliases that somebody may see the calls of; `null` is all of them. */
export type Aliases = readonly string[] | null;

/** Whether an alias is one of these; nothing to ask where all are. */
export function isAmong(alias: AnySQLiteColumn, aliases: Aliases): SQL | undefined {
  return aliases === null
    ? undefined
    : sql`${alias} IN (SELECT value FROM json_each(${JSON.stringify(aliases)}))`;
}
