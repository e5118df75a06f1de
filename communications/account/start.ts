import { z } from "zod";
import { SystemRefused, SystemUnavailable } from "../../contract/errors.ts";
import type { SystemUser } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { menuOf } from "../menu.ts";
import { words } from "./words.ts";

/** A phone number in E.164, as the messenger vouches for it. */
const Phone = z.string().regex(/^\+\d{7,15}$/);

/** A person's name, in one or more words. */
const Name = z.string().trim().min(1).max(100).regex(/\p{L}/u);

/** "/start": signs the person in by the phone number of their account in the messenger (requirements 36-38). */
export const start = command({
  command: "start",
  summary: { ru: "Войти", en: "Sign in" },
  data: z.object({ phone: z.string() }),
  initial: { phone: "" },
  answers: { lookUp: answer(Phone, words.badNumber), register: answer(Name, words.nameAgain) },
  steps: {
    async start(chat) {
      if (!chat.person) return chat.goto("askNumber");
      await chat.say({
        text: words.alreadySignedIn(chat.person.firstName),
        buttons: menuOf(chat.person.role, chat.siteUrl),
      });
    },
    async askNumber(chat) {
      return chat.askContact(words.welcome(chat.firstName), words.shareNumber, "lookUp");
    },
    async lookUp(chat, { answer: phone }) {
      const user = await userByPhone(chat, phone);
      if (user === "silent") return chat.askContact(words.siteSilent, words.shareNumber, "lookUp");
      if (user === null) {
        const text = {
          text: words.unknownNumber(phone),
          buttons: [[{ label: words.openSite, url: chat.siteUrl }]],
        };
        return chat.choose(text, { askName: words.register, askNumber: words.tryAgain }, { data: { phone } });
      }
      if (!user.active) return void (await chat.say({ text: words.inactive, closeKeyboard: true }));
      await welcome(chat, user);
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
      try {
        const { userId } = await chat.system.registerUser(user);
        await welcome(chat, { ...user, userId, active: true });
      } catch (error) {
        if (!(error instanceof SystemRefused)) throw error;
        return chat.choose(words.registerRefused, { askNumber: words.tryAgain });
      }
    },
  },
});

/** Signs in, tells the system (requirement 37), greets by name and shows the menu. */
async function welcome(
  chat: Pick<Chat, "signIn" | "system" | "say" | "siteUrl">,
  user: SystemUser,
): Promise<void> {
  const person = await chat.signIn(user);
  await chat.system.connectBot(user.userId);
  await chat.say({ text: words.signedIn(person.firstName), closeKeyboard: true });
  await chat.say({ text: words.menu(person.firstName), buttons: menuOf(person.role, chat.siteUrl) });
}

/** The system's user with this phone; "silent" where the system does not answer. */
async function userByPhone(chat: Pick<Chat, "system">, phone: string): Promise<SystemUser | null | "silent"> {
  try {
    return await chat.system.user({ phone });
  } catch (error) {
    if (error instanceof SystemUnavailable) return "silent";
    throw error;
  }
}
