import { z } from "zod";
import type { SystemUser } from "../../contract/system.ts";
import { type AnyCommand, command, communication } from "../../dialogs/communication.ts";
import type { DialogSet } from "../../dialogs/dialogs.ts";
import { bareBot } from "../kit/bot.ts";
import type { Person } from "../kit/person.ts";
import { toAlice } from "../kit/to-alice.ts";
import { World } from "../kit/world.ts";

/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const nothing = { data: z.object({}), initial: {} };
const summary = { ru: "", en: "" };

const menu = command({
  command: "menu",
  summary,
  ...nothing,
  steps: { start: async (chat) => chat.say("menu") },
});

const alice: SystemUser = {
  userId: "127",
  firstName: "Alice",
  lastName: "",
  patronymic: "",
  role: "user",
  active: true,
  phone: "+79180000001",
  email: "",
  location: {},
};

/** Signs Alice in without a question. */
const start = command({
  command: "start",
  summary,
  ...nothing,
  steps: {
    async start(chat) {
      await chat.signIn(alice);
      await chat.say(`hello, ${chat.firstName}`);
    },
  },
});

/** A command of one step. */
export function once(name: string, step: AnyCommandStep): AnyCommand {
  return command({ command: name, summary, ...nothing, steps: { start: step } });
}

type AnyCommandStep = Parameters<typeof command<typeof nothing.data, "start">>[0]["steps"]["start"];

/** A communication to Alice that says its text. */
export function telling(alias: string, more: { readonly critical?: boolean } = {}) {
  return communication({
    ...toAlice,
    alias,
    example: { text: "" },
    params: z.object({ text: z.string() }),
    data: z.object({ text: z.string() }),
    kind: { ru: `вести ${alias}`, en: `news of ${alias}` },
    ...more,
    prepare: async ({ text }) => ({ text }),
    steps: { start: async (chat, { data: { text } }) => chat.say(text) },
  });
}

/** A world whose bot has these dialogs beside a menu, with Alice signed in; she speaks English. */
export async function lastingWorld(
  dialogs: Partial<DialogSet>,
): Promise<{ readonly world: World; readonly alice: Person }> {
  const world = new World(bareBot({ ...dialogs, commands: [menu, start, ...(dialogs.commands ?? [])] }));
  world.system.users.push(alice);
  const person = world.person({ firstName: "Alice", language: "en" });
  await person.types("/start");
  return { world, alice: person };
}
