import type { Chat } from "../../dialogs/chat.ts";

/**
 * Whether a chat may be told of what happened to a user: it is theirs, or nobody's. A call tells the chats where that
 * user is or was signed in; by the time it arrives, somebody else may be.
 */
export function isFor({ person, barred }: Pick<Chat, "person" | "barred">, userId: string): boolean {
  const here = person?.userId ?? barred?.userId;
  return here === undefined || here === userId;
}
