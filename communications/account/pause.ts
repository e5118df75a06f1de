import { z } from "zod";
import { FOREVER } from "../../contract/lead.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { command } from "../../dialogs/communication.ts";
import type { Time } from "../../dialogs/time.ts";
import { sayBarred } from "./barred.ts";
import { pauseWords } from "./pause-words.ts";
import { words } from "./words.ts";

/** When the day begins for who wants quiet until the morning; in the bot's time zone. */
const MORNING = { daytime: "09:00", inDays: 1 } as const;

/** A chat in which quiet begins. */
type QuietChat = Pick<Chat, "say" | "inWords" | "pause">;

/** "/pause": offers quiet for a while, and keeps it (requirement 22). */
export const pause = command({
  command: "pause",
  summary: { ru: "Пауза: не беспокоить", en: "Pause: do not disturb" },
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if (chat.barred) return void (await sayBarred(chat, chat.barred));
      const { hour, morning, week, forever } = pauseWords;
      const lengths = { hour, morning, week, forever };
      const until = chat.pausedUntil;
      if (until === null) return chat.choose(pauseWords.howLong, lengths);
      const resume = [[{ label: words.resume, command: "resume" }]];
      const text = pauseWords.howLongInstead(inWords(chat, until));
      return chat.choose({ text, buttons: resume }, lengths);
    },
    hour: (chat) => beQuiet(chat, { hours: 1 }),
    morning: (chat) => beQuiet(chat, MORNING),
    week: (chat) => beQuiet(chat, { days: 7 }),
    forever: (chat) => beQuiet(chat, "forever"),
  },
});

/** Confirms a pause until that moment (milliseconds since 1970, or `FOREVER`), and says how to come back earlier. */
export async function confirmPause(chat: Pick<Chat, "say" | "inWords">, until: number): Promise<void> {
  const buttons = [[{ label: words.resume, command: "resume" }]];
  await chat.say({ text: pauseWords.paused(inWords(chat, until)), buttons });
}

/** The end of a pause in words; `null` where it has none. */
export function inWords(chat: Pick<Chat, "inWords">, until: number): string | null {
  return until === FOREVER ? null : chat.inWords(until);
}

async function beQuiet(chat: QuietChat, time: Time | "forever"): Promise<void> {
  await confirmPause(chat, await chat.pause(time));
}
