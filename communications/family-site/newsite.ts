import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { siteWords as words } from "./site-words.ts";

/** Most members who are named at the beginning; the site takes more later. */
const MOST_MEMBERS = 50;

/** Names of a family and of people. */
const Name = z.string().trim().min(1).max(100);

/** Names of people, one a line. */
const Members = z
  .string()
  .transform((text) => text.split("\n").filter((line) => line.trim() !== ""))
  .pipe(z.array(Name).min(1).max(MOST_MEMBERS));

/** Whoever has not come back by the next day is told once that nothing was made. */
const DEADLINE = { within: { days: 1 }, late: "late" } as const;

/** "/newsite": makes a website of the person's family, asked for step by step (requirement 30). */
export const newSite = command({
  command: "newsite",
  summary: { ru: "Создать сайт семьи", en: "Create a family website" },
  data: z.object({ name: z.string(), members: z.array(z.string()) }),
  initial: { name: "", members: [] },
  answers: { takeName: answer(Name, words.nameAgain), takeMembers: answer(Members, words.membersAgain) },
  steps: {
    async start(chat) {
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
      return chat.choose(words.confirm(name, members), options, { data: { name, members }, ...DEADLINE });
    },
    async create(chat, { data: { name, members } }) {
      if (!chat.person) return void (await chat.say(words.signInFirst));
      const site = {
        ownerId: chat.person.userId,
        name,
        members: members.map((member) => ({ name: member })),
      };
      try {
        const { url } = await chat.system.createSite(site);
        await chat.say({ text: words.created(name), buttons: [[{ label: words.open, url }]] });
      } catch (error) {
        if (!(error instanceof SystemRefused)) throw error;
        return chat.choose(words.refused, { askName: words.change, cancel: words.cancel }, DEADLINE);
      }
    },
    async cancel(chat) {
      await chat.say(words.cancelled);
    },
    async late(chat) {
      await chat.say(words.late);
    },
  },
});
