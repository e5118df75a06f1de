import { z } from "zod";
import type { SystemUser } from "../../contract/system.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { unlessRefused } from "../unless-refused.ts";
import { unlessSilent } from "../unless-silent.ts";
import { codeWords } from "./code-words.ts";
import { findUser, keyIn } from "./find-user.ts";
import { isKnown } from "./known.ts";
import { nameOf } from "./name-of.ts";
import { sendCode } from "./send-code.ts";
import { welcome } from "./welcome.ts";
import { words } from "./words.ts";

/** What somebody types whom the site is to know; no e-mail address is longer (RFC 5321). */
const Key = z.string().trim().min(1).max(254);

/** A code as it is typed: with a space in the middle, say; what is none is asked for again, with the other ways. */
const Code = z
  .string()
  .max(254)
  .transform((text) => /^\d{6}$/.exec(text.replace(/[\s-]/g, ""))?.[0] ?? null);

const Data = z.object({
  /** As they typed it. */
  key: z.string(),
  /** The code's name. */
  code: z.string(),
  /** Who the site says that is, and the phone that the code went to; empty where it knows nobody. */
  userId: z.string(),
  phone: z.string(),
});

const NOTHING = { key: "", code: "", userId: "", phone: "" };

/** Whoever has gone away meanwhile is not asked for a code by whatever they write later. */
const DEADLINE = { within: { hours: 1 }, late: "late" } as const;

/**
 * "/signin": signs in by id, e-mail or phone of the main system, with a code by SMS as the second factor (requirement
 * 35). Until the code is right, the same is said whether or not there is such a user.
 */
export const signIn = command({
  command: "signin",
  summary: { ru: "Войти по коду из SMS", en: "Sign in with a code by SMS" },
  data: Data,
  initial: NOTHING,
  answers: {
    takeKey: answer(Key, codeWords.keyAgain),
    takeCode: answer(Code, codeWords.codeAgain),
  },
  steps: {
    async start(chat) {
      if (await isKnown(chat)) return;
      if (!chat.hasSms)
        return chat.say({ text: codeWords.noSms, buttons: [[{ label: words.signIn, command: "start" }]] });
      await chat.say({ text: codeWords.intro, closeKeyboard: true });
      return askKey(chat);
    },
    askKey: async (chat) => ((await isKnown(chat)) ? undefined : askKey(chat)),
    takeKey: async (chat, { answer: key }) =>
      keyIn(key) ? open(chat, key) : askKey(chat, codeWords.keyAgain),
    newCode: (chat, { data: { key } }) => open(chat, key),
    again: (chat, { data }) => send(chat, data),
    async takeCode(chat, { data, answer: typed }) {
      if (await isKnown(chat)) return;
      if (typed === null) return askCode(chat, codeWords.codeAgain, data);
      const proof = await chat.checkCode(typed);
      if (proof.kind === "wrong") return askCode(chat, codeWords.wrong(proof.attemptsLeft), data);
      if (proof.kind !== "right") return offerAnother(chat, proof.kind, data);
      const user = await unlessSilent(ownerOf(chat, data));
      if (user !== "silent") return enter(chat, user, data);
      await chat.say(codeWords.rightButSilent);
      return chat.goto("enter", data);
    },
    // In the background, where the system was silent.
    enter: async (chat, { data }) => enter(chat, await ownerOf(chat, data), data),
    async otherWay(chat) {
      if (await isKnown(chat)) return;
      const text = { text: codeWords.howElse, buttons: [[{ label: codeWords.byContact, command: "start" }]] };
      return chat.choose(text, { askKey: codeWords.otherKey }, DEADLINE);
    },
    late: async () => {},
  },
});

/** A chat in which somebody signs in with a code. */
type CodeChat = Chat<
  "askKey" | "newCode" | "again" | "otherWay" | "late" | "enter",
  "takeKey" | "takeCode",
  z.infer<typeof Data>
>;

function askKey(chat: CodeChat, text: Parameters<CodeChat["ask"]>[0] = codeWords.yourKey): Wait {
  return chat.ask(text, "takeKey", { data: NOTHING, ...DEADLINE });
}

/** Makes a code, whoever that is: it counts, and so do the attempts at it. */
async function open(chat: CodeChat, key: string): Promise<Wait | undefined> {
  if (await isKnown(chat)) return undefined;
  const code = await chat.openCode();
  if (code !== null) return send(chat, { ...NOTHING, key, code });
  const buttons = [[{ label: codeWords.byContact, command: "start" }]];
  return void (await chat.say({ text: codeWords.tooMany, buttons }));
}

/** Has the code sent, where there is somebody to send it to, and asks for it in any case. */
async function send(chat: CodeChat, data: z.infer<typeof Data>): Promise<Wait | undefined> {
  if (await isKnown(chat)) return undefined;
  const by = keyIn(data.key);
  const user = by && (await unlessSilent(unlessRefused(findUser(chat, by))));
  if (user === "silent")
    return chat.choose(codeWords.silent, { again: words.tryAgain }, { data, ...DEADLINE });
  const { userId, phone } = user ?? NOTHING;
  chat.begin(sendCode, { code: data.code, phone });
  return askCode(chat, codeWords.sent, { ...data, userId, phone });
}

function askCode(chat: CodeChat, text: Parameters<CodeChat["ask"]>[0], data: z.infer<typeof Data>): Wait {
  const options = { newCode: codeWords.newCode, otherWay: codeWords.otherWay };
  return chat.ask(text, "takeCode", { options, data, ...DEADLINE });
}

function offerAnother(chat: CodeChat, why: "expired" | "used" | "burnt", data: z.infer<typeof Data>): Wait {
  const options = { newCode: codeWords.newCode, otherWay: codeWords.otherWay };
  return chat.choose(codeWords[why], options, { data, ...DEADLINE });
}

/** The user whose code was right, as the system knows them now; `null` where it knows them no more, or with another phone. */
async function ownerOf(
  chat: CodeChat,
  { userId, phone }: Pick<z.infer<typeof Data>, "userId" | "phone">,
): Promise<SystemUser | null> {
  if (userId === "" || phone === "") return null;
  const user = await unlessRefused(findUser(chat, { userId }));
  return user?.phone === phone ? user : null;
}

/** Only now may it be said that an account is off. */
async function enter(
  chat: CodeChat,
  user: SystemUser | null,
  data: z.infer<typeof Data>,
): Promise<Wait | undefined> {
  if (await isKnown(chat)) return undefined;
  if (!user) return offerAnother(chat, "used", data);
  if (!user.active) return void (await chat.say({ text: words.inactive, closeKeyboard: true }));
  return void (await welcome(chat, user, { greeting: (by) => words.signedIn(nameOf(by)) }));
}
