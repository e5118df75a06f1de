import { z } from "zod";
import { Recipients } from "./call.ts";

/** What every answer of the bot may hold (requirements 4 and 5); the rest is the communication's own. */
const Answer = z.looseObject({
  success: z.boolean(),
  errorCode: z.union([z.number(), z.string()]).optional(),
  message: z.string().optional(),
  recipients: Recipients.optional().catch(undefined),
});
export type Answer = z.infer<typeof Answer>;

const SECOND = 1000;
const LONGEST_ASKED_MS = 24 * 60 * 60 * SECOND;

/** The same key is being worked on: an earlier try has not ended yet, so its answer will come. */
export const STILL_RUNNING = 409;

/** The bot could not ask us back: it may as soon as our own API answers again. */
export const COULD_NOT_ASK = "system-unavailable";

/** The bot made the change, and could not have all chats know of it yet. */
export const NOT_ALL_KNOW = "conversation-unreached";

/** The body of an answer; `undefined` where it cannot be read. */
export function readAnswer(body: string): Answer | undefined {
  return Answer.safeParse(parseJson(body)).data;
}

/** Milliseconds of a `Retry-After` (seconds or a date), a second to a day; `null` where there is none. */
export function askedWait(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, SECOND), LONGEST_ASKED_MS);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
