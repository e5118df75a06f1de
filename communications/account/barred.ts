import type { Chat } from "../../dialogs/chat.ts";
import { menuFor } from "../menu.ts";
import { barredWords, type WhyBarred } from "./barred-words.ts";

/** A chat as far as somebody who is barred sees it. */
export type BarredChat = Pick<Chat, "say" | "person" | "pausedUntil" | "siteUrl" | "commands">;

/** Says that the account is blocked, and why, or that it is switched off; with the menu for strangers (requirement 25). */
export async function sayBarred(chat: BarredChat, why: WhyBarred): Promise<void> {
  await chat.say({ text: barredWords(why), buttons: menuFor(chat) });
}
