import { z } from "zod";

/** Where someone is (requirement 9). */
export interface Location {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
}

/** A user of the main system, in our names. */
export interface SystemUser {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly patronymic: string;
  readonly role: string;
  readonly active: boolean;
  /** E.164 digits with "+", or empty. */
  readonly phone: string;
  readonly email: string;
  readonly location: Location;
}

/** What is known of someone who is about to become a user of the main system. */
export type NewUser = Omit<SystemUser, "userId" | "active">;

/** By what a user is looked up (requirement 15). */
export type UserKey = { readonly userId: string } | { readonly email: string } | { readonly phone: string };

/** A publication of the main system. */
export const Post = z.object({
  postId: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  text: z.string(),
  /** Address of its picture. */
  picture: z.string().nullable(),
  /** Address of its page. */
  url: z.string(),
});

/** A publication of the main system. */
export type Post = z.infer<typeof Post>;

/** A comment that a person wrote in the messenger. */
export interface NewComment {
  readonly postId: string;
  readonly authorId: string;
  readonly text: string;
}
