import type { Chat } from "../../dialogs/chat.ts";
import { openRequest } from "./open-request.ts";
import { words } from "./words.ts";

/** Takes the chat back from the operator and says so; false, and nothing said, where no operator had it. */
export async function takeChatBack(
  chat: Pick<Chat, "takeBack" | "get" | "set" | "say" | "pausedUntil" | "showKept">,
): Promise<boolean> {
  const was = await chat.takeBack();
  if (chat.get(openRequest) !== null) await chat.set(openRequest, null);
  if (!was) return false;
  await chat.say({ text: words.botIsBack, buttons: [[{ label: words.menu, command: "menu" }]] });
  // What a pause keeps is told when that ends.
  if (chat.pausedUntil === null) chat.showKept();
  return true;
}
