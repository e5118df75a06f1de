import { z } from "zod";

/** Longest post: about four pages. */
const POST_CHARS = 10_000;

/** Longest comment: the longest message that Telegram takes, so that every reply from there fits. */
const COMMENT_CHARS = 4096;

const written = (most: number) =>
  z
    .string("Напишите хоть слово")
    .transform((text) =>
      text
        .replaceAll("\r\n", "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .trim(),
    )
    .pipe(z.string().min(1, "Напишите хоть слово").max(most, `Не больше ${most} знаков`));

/** What a person wrote, without invisible control characters and outer blanks. */
export const PostText = written(POST_CHARS);

/** As `PostText`, shorter. */
export const CommentText = written(COMMENT_CHARS);

/** An id from a path or a form: `"1707"` is 1707, anything else is `null` and belongs to nobody. */
export function parseId(written: string | undefined): number | null {
  return written !== undefined && /^[1-9]\d{0,14}$/.test(written) ? Number(written) : null;
}
