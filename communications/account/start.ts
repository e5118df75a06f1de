import { z } from "zod";
import type { NewUser, SystemUser } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { unlessRefused } from "../unless-refused.ts";
import { unlessSilent } from "../unless-silent.ts";
import { byLink, LinkData, openLink } from "./by-link.ts";
import { findUser } from "./find-user.ts";
import { isKnown } from "./known.ts";
import { linkWords } from "./link-words.ts";
import { nameOf } from "./name-of.ts";
import { site } from "./site.ts";
import { welcome } from "./welcome.ts";
import { words } from "./words.ts";

/** What may stand in `t.me/<bot>?start=…` (Bot API, "Deep linking"); empty for a plain "/start". */
const Payload = z.string().trim().max(64);

/** The payload that leads to the site: its own button "sign in through Telegram" has it. */
const TO_SITE = "site";

/** A phone number in E.164, as the messenger vouches for it. */
const Phone = z.string().regex(/^\+\d{7,15}$/);

/** A person's name, in one or more words. */
const Name = z.string().trim().min(1).max(100).regex(/\p{L}/u);

/**
 * "/start": signs the person in by the phone number of their account in the messenger (requirements 36-38), or by a link
 * from the site, whose token stands behind the command.
 */
export const start = command({
  command: "start",
  // A link from the site stands behind it: it is for nobody to read, an operator neither.
  evenWithOperator: true,
  summary: { ru: "Войти", en: "Sign in" },
  data: z.object({ phone: z.string(), userId: z.string(), link: LinkData.nullable().default(null) }),
  initial: { phone: "", userId: "" },
  answers: {
    start: answer(Payload, linkWords.expired),
    lookUp: answer(Phone, words.badNumber),
    register: answer(Name, words.nameAgain),
  },
  steps: {
    async start(chat, { answer: payload }) {
      if (payload === TO_SITE) return chat.begin(site, {});
      if (payload !== "") return openLink(chat, payload);
      return (await isKnown(chat)) ? undefined : chat.goto("askNumber");
    },
    async askNumber(chat) {
      const text = words.welcome(chat.firstName, chat.hasSms);
      return chat.askContact(text, words.shareNumber, "lookUp");
    },
    async lookUp(chat, { answer: phone }) {
      if (await isKnown(chat)) return;
      const user = await unlessSilent(findUser(chat, { phone }));
      const data = { phone, userId: "", link: null };
      if (user === "silent") return chat.askContact(words.siteSilent, words.shareNumber, "lookUp");
      if (user === null) {
        await chat.say({ text: words.unknownNumber(phone), closeKeyboard: true });
        const text = {
          text: words.wayOn(chat.hasSms),
          buttons: [[{ label: words.openSite, url: chat.siteUrl }]],
        };
        return chat.choose(text, { askName: words.register, askNumber: words.tryAgain }, { data });
      }
      if (!user.active) return void (await chat.say({ text: words.inactive, closeKeyboard: true }));
      await welcome(chat, user, { greeting });
    },
    async askName(chat) {
      return chat.ask(words.yourName, "register");
    },
    async register(chat, { data: { phone }, answer: name }) {
      if (await isKnown(chat)) return;
      const registered = await newUser(chat, userNamed(name, phone));
      if (!registered) return chat.choose(words.registerRefused, { askNumber: words.tryAgain });
      await welcome(chat, registered, { greeting });
    },
    enter: (chat, turn) => byLink.enter(chat, turn),
    connect: (chat, turn) => byLink.connect(chat, turn),
    leaveIt: (chat) => byLink.leaveIt(chat),
    // Runs of before the system was told in a dialog of its own stand here.
    async tellSystem(chat, { data: { userId } }) {
      if (chat.person?.userId !== userId) return;
      await unlessRefused(chat.system.connectBot(userId));
    },
  },
});

const greeting = (chat: Pick<Chat, "person" | "firstName">) => words.signedIn(nameOf(chat));

function userNamed(name: string, phone: string): NewUser {
  const [firstName = name, ...others] = name.split(/\s+/);
  const rest = { patronymic: "", role: "user", email: "", location: {} };
  return { firstName, lastName: others.join(" "), phone, ...rest };
}

/** Registers a user; `null` where the system refuses. */
async function newUser(chat: Pick<Chat, "system">, user: NewUser): Promise<SystemUser | null> {
  const registered = await unlessRefused(chat.system.registerUser(user));
  return registered && { ...user, active: true, ...registered };
}
