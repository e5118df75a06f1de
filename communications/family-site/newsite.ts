import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { barredWords } from "../account/barred-words.ts";
import { siteWords as words } from "./site-words.ts";

/** Most members who are named at the beginning; the site takes more later. */
const MOST_MEMBERS = 50;

/** What stands in quotes as a whole. */
const QUOTED = /^(?:«([^«»]*)»|"([^"]*)"|“([^“”]*)”|„([^„“]*)“)$/;

/** Names of a family and of people. */
const Name = z.string().trim().min(1).max(100);

/** A name as it is asked for: the quotes of the example around it are no part of it. */
const SiteName = z
  .string()
  .trim()
  .transform((text) => text.replace(QUOTED, "$1$2$3$4"))
  .pipe(Name);

/** Names of people, one a line. */
const Members = z
  .string()
  .transform((text) => text.split("\n").filter((line) => line.trim() !== ""))
  .pipe(z.array(Name).min(1).max(MOST_MEMBERS));

/** An answer to "Shall I create it?" in words, in place of a button. */
const Decision = z
  .string()
  .transform((text) => text.toLowerCase().replace(/[^\p{L}]/gu, ""))
  .pipe(
    z.union([
      z.enum(["да", "создать", "создаём", "yes", "create"]).transform(() => "create" as const),
      z.enum(["исправить", "change"]).transform(() => "change" as const),
      z.enum(["нет", "отмена", "no", "cancel"]).transform(() => "cancel" as const),
    ]),
  );

/** Whoever has not come back by the next day is told once that nothing was made. */
const DEADLINE = { within: { days: 1 }, late: "late" } as const;

/** What is known of the site so far. */
const Family = z.object({ name: z.string(), members: z.array(z.string()) });

/** "/newsite": makes a website of the person's family, asked for step by step (requirement 30). */
export const newSite = command({
  command: "newsite",
  summary: { ru: "Создать сайт семьи", en: "Create a family website" },
  data: Family,
  initial: { name: "", members: [] },
  answers: {
    takeName: answer(SiteName, words.nameAgain),
    takeMembers: answer(Members, words.membersAgain),
    decide: answer(Decision, words.confirmAgain),
  },
  steps: {
    async start(chat) {
      if (chat.barred) return void (await chat.say(barredWords(chat.barred)));
      if (chat.person) return chat.goto("askName");
      await chat.say({ text: words.signInFirst, buttons: [[{ label: words.signIn, command: "start" }]] });
    },
    async askName(chat) {
      return chat.ask(words.familyName, "takeName", { options: { cancel: words.cancel }, ...DEADLINE });
    },
    async takeName(chat, { answer: name }) {
      const data = { name, members: [] };
      return chat.ask(words.members, "takeMembers", { options: { cancel: words.cancel }, data, ...DEADLINE });
    },
    async takeMembers(chat, { data: { name }, answer: members }) {
      const options = { create: words.create, askName: words.change, cancel: words.cancel };
      return chat.ask(words.confirm(name, members), "decide", {
        options,
        data: { name, members },
        ...DEADLINE,
      });
    },
    async decide(chat, { data, answer: decision }) {
      switch (decision) {
        case "create":
          return create(chat, data);
        case "change":
          return chat.goto("askName");
        case "cancel":
          return chat.say(words.cancelled);
      }
    },
    create: (chat, { data }) => create(chat, data),
    async cancel(chat) {
      await chat.say(words.cancelled);
    },
    async late(chat) {
      await chat.say(words.late);
    },
  },
});

/** Creates the site; where the system refuses it, offers to change what was said. */
async function create(
  chat: Chat<"askName" | "cancel" | "late", never, z.infer<typeof Family>>,
  { name, members }: z.infer<typeof Family>,
): Promise<Wait | undefined> {
  if (!chat.person) return void (await chat.say(words.signInFirst));
  const site = { ownerId: chat.person.userId, name, members: members.map((member) => ({ name: member })) };
  try {
    const { url } = await chat.system.createSite(site);
    return void (await chat.say({ text: words.created(name), buttons: [[{ label: words.open, url }]] }));
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
    return chat.choose(words.refused, { askName: words.change, cancel: words.cancel }, DEADLINE);
  }
}
