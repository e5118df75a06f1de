import type { Chat } from "../../dialogs/chat.ts";

/** What to call whoever is in a chat: as their site does, or, where it has no first name, as the messenger does. */
export function nameOf({ person, firstName }: Pick<Chat, "person" | "firstName">): string {
  return person?.firstName || firstName;
}
