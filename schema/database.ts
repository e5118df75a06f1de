import type { D1Database } from "@cloudflare/workers-types";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { StorageDown } from "../contract/errors.ts";

/** D1 by way of Drizzle; columns are snake_case there and camelCase here. */
export type Database = DrizzleD1Database;

/** The database of a binding. */
export function database(binding: D1Database): Database {
  return drizzle(binding, { casing: "snake_case" });
}

/**
 * Asks the database.
 * @throws StorageDown where it fails; its cause is the database's own error, without the values
 */
export async function ask<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    // Drizzle's own error quotes the statement's values, which are people's data.
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    throw new StorageDown("The database did not answer", { cause });
  }
}
