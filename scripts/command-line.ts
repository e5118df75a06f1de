import { type ParseArgsConfig, parseArgs } from "node:util";
import type { z } from "zod";
import { Complaint } from "./command.ts";

/** Splits a command line into options and words. Throws a `Complaint`, with `usage`, on an option it lacks. */
export function splitArguments<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** Checks what a person gave against a schema. Throws a `Complaint` naming all that is wrong, with `usage`. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  usage: string,
): z.output<Schema> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`);
  throw new Complaint(`${wrong.join("\n")}\n\n${usage}`);
}
