import type { D1Database, D1Result } from "@cloudflare/workers-types";
import type { SQL } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { StorageDown } from "../contract/errors.ts";
import { within } from "../contract/within.ts";

/** D1 by way of Drizzle; columns are snake_case there and camelCase here. */
export type Database = DrizzleD1Database & { readonly $client: D1Database };

const naming = { casing: "snake_case" } as const;
const dialect = new SQLiteAsyncDialect(naming);

/** D1 itself ends a query after this long. */
const LONGEST_MS = 30_000;

/** The database of a binding. */
export function database(binding: D1Database): Database {
  return drizzle(binding, naming);
}

/**
 * Asks the database.
 * @throws StorageDown where it fails; its cause is the database's own error, without the values
 */
export async function ask<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await within(LONGEST_MS, "D1", query);
  } catch (error) {
    // Drizzle's own error quotes the statement's values, which are people's data.
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    throw new StorageDown("The database did not answer", { cause });
  }
}

/**
 * Runs statements one after another, all or none, and gives what came of each. For statements that Drizzle has no
 * words for: its own `batch` leaves their values out.
 * @throws StorageDown
 */
export function together(
  { $client }: Database,
  statements: readonly SQL[],
): Promise<readonly D1Result<unknown>[]> {
  const prepared = statements.map((statement) => {
    const { sql, params } = dialect.sqlToQuery(statement);
    return $client.prepare(sql).bind(...params);
  });
  return ask($client.batch(prepared));
}
