import fc from "fast-check";

/** How many chats there are; few, so that much happens in each. */
export const CHATS = 3;

/** How many users of the main system there are; few, so that they meet in one chat. */
export const USERS = 2;

/** What may happen. `pin` is one of those that were given out so far, counted from the newest. */
export type Event =
  | { readonly kind: "open" | "sign-out"; readonly chat: number }
  | { readonly kind: "sign-in"; readonly chat: number; readonly user: number }
  | { readonly kind: "try"; readonly pin: number; readonly isRight: boolean; readonly user: number | null }
  | { readonly kind: "link"; readonly pin: number; readonly user: number; readonly relink: boolean }
  | { readonly kind: "unlink"; readonly user: number }
  | { readonly kind: "unlink-buid"; readonly pin: number }
  | { readonly kind: "time"; readonly minutes: number };

const chat = fc.nat(CHATS - 1);
const user = fc.nat(USERS - 1);
const pin = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3));
const kind = fc.constant;

/** Anything that may happen, so often that much of it is something that works. */
export const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: kind("open" as const), chat }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind("try" as const),
      pin,
      isRight: fc.oneof({ weight: 3, arbitrary: kind(true) }, kind(false)),
      user: fc.option(user),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kind("link" as const), pin, user, relink: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("sign-in" as const), chat, user }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("sign-out" as const), chat }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("unlink" as const), user }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("unlink-buid" as const), pin }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind("time" as const), minutes: fc.constantFrom(1, 9, 10, 15) }),
  },
);

/** A PIN that was given out, as the model keeps it. */
export interface Given {
  readonly buid: string;
  readonly pin: string;
  readonly chat: number;
  readonly expiresAt: number;
  /** Whether its BUID is still that of whoever is in that chat, and no newer PIN was given out for it. */
  isStanding: boolean;
  wrong: number;
  /** Until when it allows a link; `null` where it was not right yet, 0 where it is used up. */
  verifiedUntil: number | null;
}

/**
 * Who is in which chat and which PINs are good: all that matters of the rules, in a few lines. It says nothing of how the
 * house keeps it.
 */
export class Model {
  readonly users: (number | null)[] = Array.from({ length: CHATS }, () => null);
  readonly given: Given[] = [];

  /** What was given out in a chat, or in another chat of the same user, opens nothing any more. */
  end(chat: number): void {
    const who = this.users[chat] ?? null;
    for (const one of this.given) {
      const isSame = one.chat === chat || (who !== null && this.users[one.chat] === who);
      if (isSame) one.isStanding = false;
    }
  }

  put(chat: number, who: number | null, endsLinks: boolean): void {
    if (this.users[chat] === who) return;
    if (endsLinks) this.end(chat);
    this.users[chat] = who;
  }

  isLive({ isStanding, wrong, verifiedUntil, expiresAt }: Given): boolean {
    return isStanding && wrong < 5 && verifiedUntil === null && Date.now() < expiresAt;
  }

  mayLink({ isStanding, verifiedUntil }: Given): boolean {
    return isStanding && verifiedUntil !== null && Date.now() < verifiedUntil;
  }
}
