import type { Context } from "hono";
import { z } from "zod";
import { ActError } from "../acts/error.ts";

/** Input that does not fit, told as `{error, issues}`. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly issues: readonly { path: string; message: string }[];

  constructor(error: z.ZodError) {
    super("invalid input");
    this.issues = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  }
}

/** Checks anything that came from outside. Throws `InputError`. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw new InputError(read.error);
  return read.data;
}

/** Reads and checks a JSON body. Throws `InputError`, or 400 for what is no JSON. */
export async function bodyOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const text = await c.req.text();
  let body: unknown = {};
  try {
    if (text !== "") body = JSON.parse(text);
  } catch {
    throw new ActError(400, "the body is not JSON");
  }
  return checked(schema, body);
}

/** The `{id}` of a path. Throws `InputError`. */
export function userId(c: Context): number {
  return checked(z.object({ id: z.coerce.number().int().positive() }), { id: c.req.param("id") }).id;
}

/** A phone number in any writing, kept as digits. */
export const Phone = z
  .string()
  .transform((phone) => phone.replace(/\D/g, ""))
  .pipe(z.string().min(5, "a phone number has 5 to 15 digits").max(15, "a phone number has 5 to 15 digits"));

/** How long a request may wait for something to happen, ms. */
export const Wait = z.coerce.number().int().min(0).max(60_000).default(0);
