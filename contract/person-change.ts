import type { ChatAddress } from "./lead.ts";
import type { Location } from "./system.ts";

/** What a main system tells of a user (requirement 9), in our names; absent is unchanged. */
export interface PersonFields {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly patronymic?: string | undefined;
  readonly role?: string | undefined;
  readonly active?: boolean | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly location?: Location | undefined;
}

/** The name of a field of a user, in our names. */
export type PersonField = keyof PersonFields;

/** What a call changes of a user of the main system (requirements 9, 10, 20-27). */
export type PersonChange =
  /** Nothing: the user only has to be known. */
  | { readonly kind: "connect"; readonly userId: string }
  | { readonly kind: "update"; readonly userId: string; readonly fields: PersonFields }
  /** `reason`: the administrator's words, or empty. */
  | { readonly kind: "block"; readonly userId: string; readonly reason: string }
  | { readonly kind: "unblock"; readonly userId: string }
  /** Signs out everywhere. */
  | { readonly kind: "disconnect"; readonly userId: string }
  /** Signs out everywhere, silently; the next message in each chat is answered with that. */
  | { readonly kind: "delete"; readonly userId: string }
  /** `until`: milliseconds since 1970, or `FOREVER`. */
  | { readonly kind: "pause"; readonly userId: string; readonly until: number }
  | { readonly kind: "resume"; readonly userId: string };

/** What a change comes to, found by comparing before it is made. */
export interface FoundChange {
  /** Whether anything is other than before: a call that comes twice changes nothing the second time. */
  readonly isChange: boolean;
  /** Of `update`: which fields are other than before. */
  readonly changed: readonly PersonField[];
  /**
   * Ids of the leads that are told: those that are signed in as this user, or barred; of `pause` and `resume`, of these
   * those that differ; of `connect`, where none is signed in, those that were the last time.
   */
  readonly leadIds: readonly number[];
}

/** What a conversation is told because a call changed its lead in the database, where it then reads the rest. */
export interface LeadNews {
  readonly address: ChatAddress;
  /** Whether the account of whoever was signed in was deleted: said at their next message (requirement 27). */
  readonly wasDeleted: boolean;
}
