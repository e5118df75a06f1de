import { z } from "zod";
import { type AnyDialog, command } from "./communication.ts";
import { words } from "./words.ts";

/** Told once when a step has to wait for the main system. */
export const later = command({
  command: "~later",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: async (chat) => chat.say(words.later) },
});

/** Told to somebody who answers again what is still busy with their answer before. */
export const busy = command({
  command: "~busy",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: async (chat) => chat.say(words.busy) },
});

/** Told when a run could not be brought to its end. */
export const sorry = command({
  command: "~sorry",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: async (chat) => chat.say(words.sorry) },
});

/** Dialogs that the runner itself starts; people can't, since no messenger takes "~" for part of a command. */
export const houseDialogs: readonly AnyDialog[] = [later, busy, sorry];
