import type { PendingLink } from "../../data/pending-links.ts";
import type { User } from "../../data/users.ts";

/** What a visitor can do next about their pending link. */
export type Step = "pin" | "register" | "account" | "finish" | "conflict" | "done";

/** The next step, by how far the link has come and who is signed in now; they may have signed in or out meanwhile. */
export function stepOf({ stage, userId, otherUserId }: PendingLink, user: User | null): Step {
  switch (stage) {
    case "pin":
      return "pin";
    case "registering":
      return user ? "account" : "register";
    case "registered":
      return user === null || user.id === userId ? "finish" : "account";
    case "conflict":
      // A guest has nothing to link: with another PIN they sign in as whom the bot knows.
      if (user === null) return "pin";
      return user.id === otherUserId ? "done" : "conflict";
    case "signed-in":
    case "linked":
    case "already-linked":
    case "kept":
    case "undone":
      return "done";
  }
}
