import type { Database } from "./data/database.ts";
import { updateUser } from "./data/user-changes.ts";
import { findUser, isLastEmployee, isStaff, type User, type UserDetails } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** Where on the site somebody was edited, and by whom: the bot speaks differently of each (requirement 24). */
export const EDITS = {
  ownProfile: { eventId: "profile", changedBy: "user" },
  administration: { eventId: "admin/profile", changedBy: "administrator" },
  deliveryAddress: { eventId: "orders/delivery-address", changedBy: "employee" },
} as const;

/** Done, or why nothing was changed. */
export type Edited =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "user-not-found" | "phone-taken" | "email-taken" | "last-employee";
    };

/**
 * Writes what was edited of a user and, in the same transaction, starts `users/update` (requirement 9). An edit that
 * changes nothing is none: a form sent twice tells the bot once.
 */
export function editUser(
  site: Site,
  userId: number,
  edited: Partial<Omit<UserDetails, "phoneProven">>,
  edit: (typeof EDITS)[keyof typeof EDITS],
): Edited {
  return site.db.transaction(() => {
    const { db } = site;
    const before = findUser(db, { userId });
    if (!before) return { ok: false, reason: "user-not-found" };
    const wanted = withProof(before, { ...before, ...edited }, edit);
    const refused = refusal(db, before, wanted);
    if (refused) return { ok: false, reason: refused };

    updateUser(db, userId, wanted);
    const after = findUser(db, { userId });
    if (!after || JSON.stringify(after) === JSON.stringify(before)) return { ok: true };
    tell(site, {
      alias: "users/update",
      subject: `user:${userId}`,
      params: { ...inTheBotsWords(after), ...edit },
    });
    return { ok: true };
  });
}

/** A phone that somebody has typed for themself is anybody's; an administrator vouches for what they write. */
function withProof(before: User, wanted: User, { changedBy }: (typeof EDITS)[keyof typeof EDITS]): User {
  if (wanted.phone === before.phone) return wanted;
  return { ...wanted, phoneProven: wanted.phone !== null && changedBy === "administrator" };
}

function refusal(db: Database, before: User, wanted: UserDetails) {
  const isTaken = (by: { phone: string } | { email: string }) => {
    const owner = findUser(db, by);
    return owner !== null && owner.id !== before.id;
  };
  if (wanted.phone !== null && isTaken({ phone: wanted.phone })) return "phone-taken";
  if (wanted.email !== null && isTaken({ email: wanted.email })) return "email-taken";
  return !isStaff(wanted) && isLastEmployee(db, before) ? "last-employee" : null;
}

/** Requirement 9 names some fields otherwise than requirement 15 does; what is empty was taken away. */
function inTheBotsWords({ id, surname, name, patronymic, role, isActive, phone, email, location }: User) {
  return {
    userId: id,
    role,
    lastname: surname ?? "",
    firstname: name,
    patronymic: patronymic ?? "",
    active: isActive,
    phone: phone ?? "",
    email: email ?? "",
    location: {
      country: location.country ?? "",
      region: location.region ?? "",
      city: location.city ?? "",
    },
  };
}
