import type { SystemUser } from "../../contract/system.ts";
import type { Words } from "../../contract/words.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { menuFor } from "../menu.ts";
import { barredWords } from "./barred-words.ts";
import { connected } from "./connected.ts";
import { menu } from "./menu.ts";
import { userWords } from "./user-words.ts";

/** A chat in which somebody signs in. */
export type SigningChat = Pick<
  Chat,
  "signIn" | "say" | "begin" | "person" | "firstName" | "barred" | "pausedUntil" | "siteUrl" | "commands"
>;

/** How somebody is received. */
interface Reception {
  /** What they are told once they are signed in. */
  readonly greeting: (chat: Pick<Chat, "person" | "firstName">) => Words;
  /** Whether they may not know as whom: the menu then begins with a way out. */
  readonly isUnexpected?: boolean;
  /** Whose last chat this was until now. */
  readonly leftUserId?: string;
}

/**
 * Signs in, greets, shows the menu, which leads away from questions of before, and has the system told; or says that an
 * administrator has blocked the account.
 */
export async function welcome(
  chat: SigningChat,
  user: SystemUser,
  { greeting, isUnexpected = false, leftUserId = "" }: Reception,
): Promise<void> {
  const { userId } = user;
  await chat.signIn(user);
  if (chat.barred) {
    await chat.say({ text: barredWords(chat.barred), closeKeyboard: true });
    await chat.say({ text: userWords.blockedMenu, buttons: menuFor(chat) });
  } else {
    await chat.say({ text: greeting(chat), closeKeyboard: true });
    chat.begin(menu, { isUnexpected });
  }
  chat.begin(connected, { userId, leftUserId });
}
