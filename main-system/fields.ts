import { z } from "zod";
import { Id, idForWire } from "../contract/id.ts";
import { toE164 } from "../contract/phone.ts";
import type { NewUser, Post, SystemUser } from "../contract/system.ts";

/**
 * The one place where the main system's field names meet ours (requirement 18): it says `surname` and `name` where
 * it answers, `lastname` and `firstname` where it is told, and `middlename` there for its own `patronymic`.
 */

/** A field that may be missing or null, as text. */
const Words = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** A user as `GET /user` answers (requirement 15). */
export const UserAnswer = z
  .object({
    userId: Id,
    surname: Words,
    name: Words,
    patronymic: Words,
    role: z.string(),
    isActive: z.boolean(),
    phone: z.union([z.int().transform(String), Words]),
    email: Words,
    location: z.object({ country: Words, region: Words, city: Words }).nullish(),
  })
  .transform(
    ({ userId, surname, name, patronymic, role, isActive, phone, email, location }): SystemUser => ({
      userId,
      firstName: name,
      lastName: surname,
      patronymic,
      role,
      active: isActive,
      phone: toE164(phone),
      email,
      location: location ?? {},
    }),
  );

/** A new user as `POST /user` takes it (requirement 16). Phones go as digits, as the seeds write them. */
export function newUserBody({ firstName, lastName, patronymic, role, phone, email, location }: NewUser) {
  return {
    firstname: firstName,
    lastname: lastName,
    middlename: patronymic,
    role,
    phone: phoneOnWire(phone),
    ...(email ? { email } : {}),
    location,
  };
}

/** A phone as the main system writes it: digits alone. */
export function phoneOnWire(phone: string): string {
  return phone.replace(/\D/g, "");
}

/** An id as the main system writes it. */
export const idOnWire = idForWire;

/** What `POST /user` answers (requirement 16). */
export const NewUserAnswer = z.object({ userId: Id });

/** A publication as `GET /post/{id}` answers. */
export const PostAnswer = z
  .object({
    postId: Id,
    authorId: Id,
    authorName: z.string(),
    text: z.string(),
    // A post is worth telling without its picture too.
    imageUrl: z.url().nullish().catch(null),
    url: z.url(),
  })
  .transform(({ imageUrl, ...post }): Post => ({ ...post, picture: imageUrl ?? null }));

/** What `POST /post/{id}/comments` answers. */
export const CommentAnswer = z.object({ commentId: Id });
