import { z } from "zod";
import { type BotReply, Recipients } from "./call.ts";

/** What an answer means for the notice: told, never to be told, or to be tried again. */
export type Verdict =
  | { readonly kind: "sent"; readonly recipients: Recipients | null }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "later"; readonly message: string; readonly askedWaitMs: number | null };

/** Why a notice waits when the bot does not answer at all; `hurryWaiting` finds such notices by it. */
export const SILENT = "бот не отвечает";

/** The same key is being worked on: our earlier try has not ended yet, so its answer will come. */
const STILL_RUNNING = 409;

/** The bot could not ask us back: it may as soon as our own API answers again. */
const COULD_NOT_ASK = "system-unavailable";

/** The bot made the change, and could not have all chats know of it yet. */
const NOT_ALL_KNOW = "conversation-unreached";

const SECOND = 1000;
const FIRST_WAIT_MS = SECOND;
const LONGEST_WAIT_MS = 5 * 60 * SECOND;
const LONGEST_ASKED_MS = 24 * 60 * 60 * SECOND;

/** A person reads the message in one line: a page of HTML from some proxy would not fit there. */
const MESSAGE_CHARS = 300;

const Answer = z.looseObject({
  success: z.boolean(),
  errorCode: z.union([z.number(), z.string()]).optional(),
  message: z.string().optional(),
  recipients: Recipients.optional().catch(undefined),
});

/**
 * Judges the bot's reply by requirements 4 and 5; worth another try: silence, 5xx, 408, 429, a running call, one that
 * could not ask us, and one that not all chats know of.
 */
export function judge(reply: BotReply, now: number): Verdict {
  if (reply.kind === "silence") return later(SILENT);
  const { status } = reply;
  if (status === 429 || status === 408 || status >= 500) {
    return later(
      status === 429 ? "бот просит подождать" : `бот ответил ${status}`,
      askedWait(reply.retryAfter, now),
    );
  }
  const answer = Answer.safeParse(parseJson(reply.body)).data;
  if (status >= 300) return refused(answer?.message ?? `ответ ${status}`);
  if (!answer) return later("ответ бота не разобрать");
  if (answer.success) return { kind: "sent", recipients: answer.recipients ?? null };
  if (answer.errorCode === STILL_RUNNING) return later("бот ещё занят этим");
  if (answer.errorCode === COULD_NOT_ASK) return later("бот не смог спросить об этом сайт");
  if (answer.errorCode === NOT_ALL_KNOW) return later("бот сообщил об этом ещё не всем чатам");
  return refused(answer.message ?? "без объяснений");
}

/** When to try again: 1, 2, 4 … 300 s after the try, or when the bot asked; `null` once the deadline is over. */
export function nextTry(notice: {
  readonly attempts: number;
  readonly now: number;
  readonly deadlineAt: number;
  readonly askedWaitMs: number | null;
}): number | null {
  if (notice.now >= notice.deadlineAt) return null;
  const own = Math.min(FIRST_WAIT_MS * 2 ** notice.attempts, LONGEST_WAIT_MS);
  return Math.min(notice.now + (notice.askedWaitMs ?? own), notice.deadlineAt);
}

/** Milliseconds of a `Retry-After` (seconds or a date), a second to a day; `null` where there is none. */
function askedWait(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, SECOND), LONGEST_ASKED_MS);
}

function later(message: string, askedWaitMs: number | null = null): Verdict {
  return { kind: "later", message, askedWaitMs };
}

function refused(message: string): Verdict {
  return { kind: "refused", message: message.slice(0, MESSAGE_CHARS) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
