import { z } from "zod";
import { NAME_CHARS } from "./fields.ts";

/** Longest post: about four pages. */
const POST_CHARS = 10_000;

/** Longest comment: the longest message that Telegram takes, so that every reply from there fits. */
const COMMENT_CHARS = 4096;

/** Longest reason of a block: it is one part of a message. */
const REASON_CHARS = 500;

const written = (most: number) =>
  z
    .string("Напишите хоть слово")
    .transform(cleaned)
    .pipe(z.string().min(1, "Напишите хоть слово").max(most, `Не больше ${most} знаков`));

/** Without invisible control characters and outer blanks. */
function cleaned(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
}

/** What a person wrote, without invisible control characters and outer blanks. */
export const PostText = written(POST_CHARS);

/** As `PostText`, shorter: comments, requests for help and messages about them. */
export const CommentText = written(COMMENT_CHARS);

/** Why somebody is kept out, in an administrator's words. */
export const ReasonText = written(REASON_CHARS);

/** As `CommentText`, where nothing may be said; that is `null` then. */
export const OptionalText = z
  .string()
  .transform(cleaned)
  .pipe(z.string().max(COMMENT_CHARS, `Не больше ${COMMENT_CHARS} знаков`))
  .nullish()
  .transform((text) => text || null);

/** A name or a title: one line. */
export const NameText = written(NAME_CHARS).transform((text) => text.replace(/\s+/g, " "));

/** An id from a path or a form: `"1707"` is 1707, anything else is `null` and belongs to nobody. */
export function parseId(written: string | undefined): number | null {
  return written !== undefined && /^[1-9]\d{0,14}$/.test(written) ? Number(written) : null;
}

/** The first line of a text, cut at `most` characters: a title for what has none. */
export function firstLine(text: string, most: number): string {
  const line = text.split("\n", 1)[0] ?? "";
  // By characters: half of an emoji is no text.
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : line;
}
