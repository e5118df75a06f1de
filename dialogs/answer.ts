import type { Words } from "../contract/words.ts";
import type { AnswerShape } from "./communication.ts";
import type { Input } from "./run.ts";
import { words } from "./words.ts";

/** An answer in the shape that the step asked for, or what to say to ask once more. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly again: Words };

/**
 * Reads what a person sent as the answer that a step takes: words as a text, anything else as a value of
 * `contract/media.ts`. `contact`: the step asked for a phone number.
 */
export function readAnswer(input: Input, shape: AnswerShape, contact: boolean): Answer {
  switch (input.kind) {
    case "contact":
      return input.own ? parsed(input.phone, shape) : { ok: false, again: words.ownContactPlease };
    case "text":
      return contact ? { ok: false, again: words.contactPlease } : parsed(input.text, shape);
    case "media":
      return contact ? { ok: false, again: words.contactPlease } : parsed(input.media, shape);
    // A command with nothing after it.
    case "none":
      return parsed("", shape);
    case "other":
    case "time":
      return { ok: false, again: contact ? words.contactPlease : words.textPlease };
  }
}

function parsed(given: unknown, { schema, again }: AnswerShape): Answer {
  const result = schema.safeParse(given);
  return result.success ? { ok: true, value: result.data } : { ok: false, again };
}
