import type { Context } from "hono";
import { z } from "zod";
import { fingerprint, once } from "../data/answers.ts";
import { type Picture, pictureType } from "../data/pictures.ts";
import type { Site } from "../site.ts";
import { CommentText, PostText } from "../text.ts";

/** Largest picture, in bytes. */
export const PICTURE_BYTES = 5 * 1024 * 1024;

/** The key that a form carries from the moment it is shown, so that a double click publishes once. */
export const FormKey = z.uuid();

/** The page to go back to: a path of this site and nothing else. */
export const BackPath = z
  .string()
  .regex(/^\/(?![/\\])[\w/-]*$/)
  .catch("/");

/** A filled comment form. */
export const CommentFields = z.object({ text: CommentText, formKey: FormKey });

/** A filled form of a new post; browsers send an empty file where none was chosen. */
export const PostFields = z.object({
  text: PostText,
  formKey: FormKey,
  picture: z
    .instanceof(File, { error: "Картинка не дошла, выберите её ещё раз" })
    .optional()
    .transform((file) => (file && file.size > 0 ? file : undefined))
    .refine((file) => !file || file.size <= PICTURE_BYTES, "Картинка больше 5 МБ"),
});

/** Whom the visitor wants to be, or nobody (`""`), and from which page. */
export const ActorFields = z.object({ userId: z.string(), back: BackPath });

/** What a form has sent; nothing at all where it cannot be read, which the checks above then say. */
export async function formOf(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody();
  } catch {
    return {};
  }
}

/** The picture of a form: `undefined` where there is none, `null` where it is neither JPEG nor PNG. */
export async function readPicture(file: File | undefined): Promise<Picture | undefined | null> {
  if (!file) return undefined;
  const bytes = await file.bytes();
  const type = pictureType(bytes);
  return type && { type, bytes };
}

/** What to tell the person about the first mistake. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues.find(({ path }) => path[0] !== "formKey");
  return issue?.message ?? "Страница устарела, отправьте ещё раз";
}

/** What was typed into a field, to be shown again. */
export function typed(fields: Record<string, unknown>, name = "text"): string {
  const value = fields[name];
  return typeof value === "string" ? value.slice(0, 20_000) : "";
}

/**
 * Acts once for a form's key and contents, then sends the browser on to the address that `act` returns. The same form
 * sent twice goes to what the first one made; a form that was gone back to and rewritten is a new one, though its key
 * is old.
 */
export function actOnce(
  site: Site,
  c: Context,
  form: { readonly key: string; readonly contents: readonly (string | Uint8Array)[] },
  act: () => string,
): Response {
  const print = fingerprint(c.req.path, ...form.contents);
  const call = { key: `form:${form.key}:${print}`, fingerprint: print, now: site.clock.now() };
  const outcome = once(site.db, call, () => ({ status: 303, body: act() }));
  return c.redirect(outcome.kind === "conflict" ? "/" : outcome.answer.body, 303);
}
