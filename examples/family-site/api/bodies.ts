import { z } from "zod";
import { phoneDigits } from "../data/phone.ts";
import { CommentText, PostText } from "../text.ts";

/** An id as JSON carries it: `1707` and `"1707"` are one user. */
const Id = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

/** Longest name, role or place. */
const NAME_CHARS = 100;

/** A word that may be absent; an empty one is as good as none. */
const Maybe = z
  .string()
  .trim()
  .max(NAME_CHARS)
  .nullish()
  .transform((text) => text || null);

const Phone = z
  .string()
  .max(40)
  .nullish()
  .transform((written, context) => {
    if (!written) return null;
    const digits = phoneDigits(written);
    if (digits) return digits;
    context.addIssue({ code: "custom", message: "Not a phone number" });
    return z.NEVER;
  });

const Email = z
  .union([z.literal(""), z.email().max(254)])
  .nullish()
  .transform((email) => email || null);

/** Requirement 16, with a way to find the person again: a phone, an e-mail, or both. */
export const NewUserBody = z
  .strictObject({
    firstname: z.string().trim().min(1).max(NAME_CHARS),
    lastname: Maybe,
    middlename: Maybe,
    role: Maybe.transform((role) => role ?? "user"),
    phone: Phone,
    email: Email,
    location: z.strictObject({ country: Maybe, region: Maybe, city: Maybe }).nullish(),
  })
  .refine(({ phone, email }) => phone !== null || email !== null, {
    path: ["phone"],
    message: "A phone or an e-mail is needed",
  });

/** Whose mark is set or cleared (requirement 17). */
export const BotMarkBody = z.strictObject({ userId: Id });

/** A new post. */
export const NewPostBody = z.strictObject({
  authorId: Id,
  text: PostText,
  imageUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullish(),
});

/** A new comment. */
export const NewCommentBody = z.strictObject({ authorId: Id, text: CommentText });

/** What `GET /user` looks for: at least one of the three; all that are given must fit one user. */
export const UserSearch = z
  .object({ userId: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
  .refine((query) => query.userId || query.email || query.phone, {
    message: "userId, email or phone is needed",
  });
