import type { z } from "zod";

/** Something that a bot keeps of each lead, by its name, in a shape. */
export interface Variable<T extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly schema: T;
}

/**
 * Declares what a bot keeps of each lead: `chat.get(city)` and `chat.set(city, "Псков")` are then typed, and a value
 * that was kept in another shape is none. The schema must describe JSON.
 */
export function variable<T extends z.ZodType>(name: string, schema: T): Variable<T> {
  return { name, schema };
}
