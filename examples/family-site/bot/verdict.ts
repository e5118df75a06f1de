import { askedWait, COULD_NOT_ASK, NOT_ALL_KNOW, readAnswer, STILL_RUNNING } from "./answer.ts";
import type { BotReply, Recipients } from "./call.ts";

/** What an answer means for the notice: told, never to be told, or to be tried again. */
export type Verdict =
  | { readonly kind: "sent"; readonly recipients: Recipients | null }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "later"; readonly message: string; readonly askedWaitMs: number | null };

/** Why a notice waits when the bot does not answer at all; `hurryWaiting` finds such notices by it. */
export const SILENT = "бот не отвечает";

const SECOND = 1000;
const FIRST_WAIT_MS = SECOND;
const LONGEST_WAIT_MS = 5 * 60 * SECOND;

/** A person reads the message in one line: a page of HTML from some proxy would not fit there. */
const MESSAGE_CHARS = 300;

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
  const answer = readAnswer(reply.body);
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

function later(message: string, askedWaitMs: number | null = null): Verdict {
  return { kind: "later", message, askedWaitMs };
}

function refused(message: string): Verdict {
  return { kind: "refused", message: message.slice(0, MESSAGE_CHARS) };
}
