import type { Chat } from "../../dialogs/chat.ts";
import { menuFor } from "../menu.ts";
import { type BarredChat, sayBarred } from "./barred.ts";
import { nameOf } from "./name-of.ts";
import { words } from "./words.ts";

/** Whether it is known who is in a chat, so that nobody need sign in: they are told so, or that they are barred. */
export async function isKnown(chat: BarredChat & Pick<Chat, "barred" | "firstName">): Promise<boolean> {
  if (chat.barred) await sayBarred(chat, chat.barred);
  else if (chat.person) await chat.say({ text: words.alreadySignedIn(nameOf(chat)), buttons: menuFor(chat) });
  return chat.barred !== null || chat.person !== null;
}
