import { z } from "zod";
import { SystemUnavailable } from "../../contract/errors.ts";
import type { NewUser, SystemUser } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { unlessRefused } from "../unless-refused.ts";
import { sayBarred } from "./barred.ts";
import { barredWords } from "./barred-words.ts";
import { nameOf } from "./name-of.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** A phone number in E.164, as the messenger vouches for it. */
const Phone = z.string().regex(/^\+\d{7,15}$/);

/** A person's name, in one or more words. */
const Name = z.string().trim().min(1).max(100).regex(/\p{L}/u);

/** "/start": signs the person in by the phone number of their account in the messenger (requirements 36-38). */
export const start = command({
  command: "start",
  summary: { ru: "Войти", en: "Sign in" },
  data: z.object({ phone: z.string(), userId: z.string() }),
  initial: { phone: "", userId: "" },
  answers: { lookUp: answer(Phone, words.badNumber), register: answer(Name, words.nameAgain) },
  steps: {
    async start(chat) {
      if (chat.barred) return void (await sayBarred(chat, chat.barred));
      if (!chat.person) return chat.goto("askNumber");
      const text = words.alreadySignedIn(nameOf(chat));
      await chat.say({ text, buttons: menuFor(chat) });
    },
    async askNumber(chat) {
      return chat.askContact(words.welcome(chat.firstName), words.shareNumber, "lookUp");
    },
    async lookUp(chat, { answer: phone }) {
      const user = await userByPhone(chat, phone);
      const data = { phone, userId: "" };
      if (user === "silent") return chat.askContact(words.siteSilent, words.shareNumber, "lookUp");
      if (user === null) {
        await chat.say({ text: words.unknownNumber(phone), closeKeyboard: true });
        const text = {
          text: words.wayOn,
          buttons: [[{ label: words.openSite, url: chat.siteUrl }]],
        };
        return chat.choose(text, { askName: words.register, askNumber: words.tryAgain }, { data });
      }
      if (!user.active) return void (await chat.say({ text: words.inactive, closeKeyboard: true }));
      await welcome(chat, user);
      return chat.goto("tellSystem", { phone, userId: user.userId });
    },
    async askName(chat) {
      return chat.ask(words.yourName, "register");
    },
    async register(chat, { data: { phone }, answer: name }) {
      const [firstName = name, ...others] = name.split(/\s+/);
      const user = {
        firstName,
        lastName: others.join(" "),
        patronymic: "",
        role: "user",
        phone,
        email: "",
        location: {},
      };
      const registered = await newUser(chat, user);
      if (!registered) return chat.choose(words.registerRefused, { askNumber: words.tryAgain });
      await welcome(chat, registered);
      return chat.goto("tellSystem", { phone, userId: registered.userId });
    },
    // A step of its own: the person is signed in, however long the system is silent (requirement 37).
    async tellSystem(chat, { data: { userId } }) {
      if (chat.person?.userId !== userId) return;
      await unlessRefused(chat.system.connectBot(userId));
    },
  },
});

/** A chat in which somebody signs in. */
type SigningChat = Pick<
  Chat,
  "signIn" | "say" | "person" | "firstName" | "barred" | "pausedUntil" | "siteUrl" | "commands"
>;

/** Signs in, greets by name and shows the menu; or says that an administrator has blocked the account. */
async function welcome(chat: SigningChat, user: SystemUser): Promise<void> {
  const person = await chat.signIn(user);
  const closing = chat.barred ? barredWords(chat.barred) : words.signedIn(nameOf(chat));
  await chat.say({ text: closing, closeKeyboard: true });
  const text = person ? words.menu(nameOf(chat)) : userWords.blockedMenu;
  await chat.say({ text, buttons: menuFor(chat) });
}

/**
 * The system's user with this phone; "silent" where the system does not answer. The numbers are compared here too
 * (requirement 36): a system that overlooks the question must not let anybody in.
 */
async function userByPhone(chat: Pick<Chat, "system">, phone: string): Promise<SystemUser | null | "silent"> {
  try {
    const user = await chat.system.user({ phone });
    return user?.phone === phone ? user : null;
  } catch (error) {
    if (error instanceof SystemUnavailable) return "silent";
    throw error;
  }
}

/** Registers a user; `null` where the system refuses. */
async function newUser(chat: Pick<Chat, "system">, user: NewUser): Promise<SystemUser | null> {
  const registered = await unlessRefused(chat.system.registerUser(user));
  return registered && { ...user, active: true, ...registered };
}
