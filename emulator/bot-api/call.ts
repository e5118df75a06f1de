import { z } from "zod";
import type { Bot } from "../store/bots.ts";
import type { World } from "../world.ts";
import { badRequest } from "./error.ts";

/** A file that came with a multipart body. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One call of a method, however it was sent. */
export interface Call {
  readonly bot: Bot;
  readonly params: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, Upload>;
}

/** What a method answers; Telegram adds a description to some. */
export interface Reply {
  readonly result: unknown;
  readonly description?: string;
}

/** A method of the Bot API. Throws `BotApiError`. */
export type Method = (world: World, call: Call) => Reply | Promise<Reply>;

/** Reads a call's parameters; unknown ones are let pass, as Telegram does. Throws 400 with the first trouble. */
export function readParams<S extends z.ZodType>(schema: S, call: Pick<Call, "params">): z.output<S> {
  const read = schema.safeParse(call.params);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const custom = issue?.message.startsWith("!") ? issue.message.slice(1) : null;
  throw badRequest(
    custom ?? `invalid ${issue?.path.join(".") || "parameters"}: ${issue?.message ?? "unreadable"}`,
  );
}

/** An error text to be used as it is; zod's own get the parameter's name before them. */
export function words(text: string): string {
  return `!${text}`;
}

/** An integer, also written as text. */
export const Whole = z.preprocess(
  (value) => (typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value),
  z.int(),
);

/** A flag: `true`, "true", "True", "1" or 1; anything else is no. */
export const Flag = z.preprocess((value) => ["true", "1"].includes(String(value).toLowerCase()), z.boolean());

/** Text, also given as a number. */
export const Text = z.preprocess((value) => (typeof value === "number" ? String(value) : value), z.string());

/** A structure: as it is in a JSON body, serialized in a form. */
export function json<S extends z.ZodType>(schema: S) {
  return z.preprocess(parsed, schema);
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (value === "") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
