import type { Chat } from "../../dialogs/chat.ts";
import { menuFor } from "../menu.ts";
import { userWords } from "./user-words.ts";

/** A chat as far as somebody who is blocked sees it. */
type BarredChat = Pick<Chat, "say" | "person" | "pausedUntil" | "siteUrl" | "commands">;

/** Says that the account is blocked, and why; with the menu for strangers (requirement 25). */
export async function sayBarred(chat: BarredChat, reason: string): Promise<void> {
  await chat.say({ text: userWords.blocked(reason), buttons: menuFor(chat) });
}
