import type { D1Database } from "@cloudflare/workers-types";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { StorageDown } from "../contract/errors.ts";

/** D1 by way of Drizzle; columns are snake_case there and camelCase here. */
export type Database = DrizzleD1Database;

/** The database of a binding. */
export function database(binding: D1Database): Database {
  return drizzle(binding, { casing: "snake_case" });
}

/**
 * Asks the database.
 * @throws StorageDown where it fails: the cause is kept, and holds no values, only the statement
 */
export async function ask<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (cause) {
    throw new StorageDown("The database did not answer", { cause });
  }
}
