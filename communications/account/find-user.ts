import { Id } from "../../contract/id.ts";
import { toE164 } from "../../contract/phone.ts";
import type { SystemUser, UserKey } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";

/** As few digits as are taken for a phone number where no "+" says so: ids of users are shorter. */
const PHONE_DIGITS = 10;

/**
 * The system's user by what they are known by there. What comes back is compared here too (requirement 36): a system that
 * overlooks the question must not let anybody in.
 * @throws SystemUnavailable, SystemRefused
 */
export async function findUser(chat: Pick<Chat, "system">, by: UserKey): Promise<SystemUser | null> {
  const user = await chat.system.user(by);
  return user && isMeant(user, by) ? user : null;
}

function isMeant(user: SystemUser, by: UserKey): boolean {
  if ("userId" in by) return user.userId === by.userId;
  return "email" in by ? user.email.toLowerCase() === by.email.toLowerCase() : user.phone === by.phone;
}

/** What somebody typed whom the site is to know: a phone number, an e-mail address or an id; `null` where it is none. */
export function keyIn(typed: string): UserKey | null {
  if (typed.includes("@")) return /^[^\s@]+@[^\s@]+$/.test(typed) ? { email: typed } : null;
  if (isPhone(typed)) return { phone: toE164(typed) };
  // No id that somebody could know by heart has a blank in it.
  const { data: userId } = Id.safeParse(/\s/.test(typed) ? "" : typed);
  return userId === undefined ? null : { userId };
}

function isPhone(typed: string): boolean {
  const digits = typed.replace(/[\s().-]/g, "");
  return /^\+\d+$/.test(digits) || (/^\d+$/.test(digits) && digits.length >= PHONE_DIGITS);
}
