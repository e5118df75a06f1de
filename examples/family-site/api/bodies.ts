import { z } from "zod";
import { email, Maybe, NAME_CHARS, phone } from "../fields.ts";
import { CommentText, NameText, OptionalText, PostText } from "../text.ts";

/** An id as JSON carries it: `1707` and `"1707"` are one user. */
const Id = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

/** Requirement 16, with a way to find the person again: a phone, an e-mail, or both. */
export const NewUserBody = z
  .strictObject({
    firstname: z.string().trim().min(1).max(NAME_CHARS),
    lastname: Maybe,
    middlename: Maybe,
    role: Maybe.transform((role) => role ?? "user"),
    phone: phone("Not a phone number"),
    email: email("Not an e-mail address"),
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

/** What `GET /posts` looks for: for whom, and since when. */
export const NewsSearch = z.object({
  userId: z.string(),
  since: z.iso.datetime({ offset: true }).transform((written) => Date.parse(written)),
});

/** A new request for help. */
export const NewRequestBody = z.strictObject({ userId: Id, text: CommentText });

/** A message about a request. */
export const NewMessageBody = z.strictObject({ userId: Id, text: CommentText });

/** What a customer says of a finished request. */
export const RatingBody = z.strictObject({
  userId: Id,
  rating: z.int().min(1).max(5),
  comment: OptionalText,
});

/** As many members as a page of one family shows. */
const MOST_MEMBERS = 50;

/** A family's website that is to be made (requirement 30). */
export const NewSiteBody = z.strictObject({
  ownerId: Id,
  name: NameText,
  members: z.array(z.strictObject({ name: NameText })).max(MOST_MEMBERS),
});
