import type { MessageEntity } from "grammy/types";
import { z } from "zod";
import { type FormattedText, parseHtml } from "../text/html.ts";
import { HtmlError } from "../text/html-tag.ts";
import { trimmed } from "../text/trimmed.ts";
import { withWrittenEntities } from "../text/written-entities.ts";
import { json } from "./call.ts";
import { badRequest } from "./error.ts";

/** Bot API: 1–4096 UTF-16 units after entities parsing. */
const LONGEST_TEXT = 4096;
/** Bot API: 0–1024 UTF-16 units after entities parsing. */
const LONGEST_CAPTION = 1024;

/** Entities given one by one, in place of a `parse_mode`. */
export const Entities = json(
  z.array(z.looseObject({ type: z.string(), offset: z.int().min(0), length: z.int().min(0) })).optional(),
);

/** How a text's format is told. */
export interface Format {
  readonly parse_mode?: string | undefined;
  readonly entities?: z.output<typeof Entities>;
}

/** A message's text, read and measured. Throws 400. */
export function messageText(raw: string | undefined, format: Format): FormattedText {
  const read = readText(raw ?? "", format);
  if (read.text === "") throw badRequest("message text is empty");
  if (read.text.length > LONGEST_TEXT) throw badRequest("message is too long");
  return read;
}

/** A caption, read and measured; may be empty. Throws 400. */
export function captionText(raw: string | undefined, format: Format): FormattedText {
  const read = readText(raw ?? "", format);
  if (read.text.length > LONGEST_CAPTION) throw badRequest("message caption is too long");
  return read;
}

function readText(raw: string, { parse_mode, entities }: Format): FormattedText {
  if (!raw.isWellFormed()) throw badRequest("strings must be encoded in UTF-8");
  const { text, entities: known } = trimmed(parse(raw, parse_mode?.toLowerCase() ?? "", entities ?? []));
  return { text, entities: withWrittenEntities(text, known) };
}

function parse(text: string, mode: string, entities: object[]): FormattedText {
  if (mode === "") return { text, entities: entities as MessageEntity[] };
  // The emulator reads HTML alone; Telegram says the same of a mode it does not know.
  if (mode !== "html") throw badRequest("unsupported parse_mode");
  try {
    return parseHtml(text);
  } catch (error) {
    if (error instanceof HtmlError) throw badRequest(`can't parse entities: ${error.message}`);
    throw error;
  }
}
