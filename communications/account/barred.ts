import type { Text } from "../../contract/html.ts";
import type { Barred } from "../../contract/lead.ts";
import type { Words } from "../../contract/words.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { menuFor } from "../menu.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** A chat as far as somebody who is barred sees it. */
export type BarredChat = Pick<Chat, "say" | "person" | "pausedUntil" | "siteUrl" | "commands">;

/** Why somebody is treated as a stranger. */
type Why = Pick<Barred, "why" | "reason">;

/** Says that the account is blocked, and why, or that it is switched off; with the menu for strangers (requirement 25). */
export async function sayBarred(chat: BarredChat, why: Why): Promise<void> {
  await chat.say({ text: barredWords(why), buttons: menuFor(chat) });
}

/** That the account is blocked, and why, or that it is switched off. */
export function barredWords({ why, reason }: Why): Words<Text> {
  return why === "inactive" ? words.inactive : userWords.blocked(reason);
}
