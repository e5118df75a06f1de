import { z } from "zod";
import type { Site } from "../site.ts";
import { type Answer, askedWait, COULD_NOT_ASK, NOT_ALL_KNOW, readAnswer, STILL_RUNNING } from "./answer.ts";
import { type BotReply, callBot } from "./call.ts";

/**
 * What the bot says to a page that waits for it: yes, no and why, not so fast, or nothing that a person could be told
 * (it may be asked again, with the same key).
 */
export type BotAnswer =
  | { readonly kind: "yes"; readonly answer: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "no";
      readonly errorCode: string;
      readonly message: string;
      readonly attemptsLeft?: number;
    }
  | { readonly kind: "busy"; readonly retryAfterS: number | null }
  | { readonly kind: "silent" };

/** The bot may mean yes or no: the same question under the same key will tell. */
const UNDECIDED: readonly unknown[] = [STILL_RUNNING, COULD_NOT_ASK, NOT_ALL_KNOW];

const AttemptsLeft = z.number().int().nonnegative();

/**
 * Asks the bot what a page waits for; what it need not wait for goes by the outbox (`tell.ts`). Never throws and takes
 * ten seconds at most. What was asked and answered is not logged: there may be a PIN in it.
 */
export async function askBot(
  { bot, clock, log }: Pick<Site, "bot" | "clock" | "log">,
  alias: string,
  params: object,
  key?: string,
): Promise<BotAnswer> {
  const reply = await callBot(bot, { alias, params: JSON.stringify(params), key });
  const answer = understood(reply, clock.now());
  if (answer.kind === "silent") log(`${alias} not answered: ${whyOf(reply)}`);
  return answer;
}

function understood(reply: BotReply, now: number): BotAnswer {
  if (reply.kind === "silence") return { kind: "silent" };
  if (reply.status === 429) {
    const wait = askedWait(reply.retryAfter, now);
    return { kind: "busy", retryAfterS: wait === null ? null : Math.ceil(wait / 1000) };
  }
  const answer = reply.status === 200 ? readAnswer(reply.body) : undefined;
  if (!answer) return { kind: "silent" };
  return answer.success ? { kind: "yes", answer } : refusal(answer);
}

function refusal(answer: Answer): BotAnswer {
  const { errorCode = "unknown", message = "" } = answer;
  if (UNDECIDED.includes(errorCode)) return { kind: "silent" };
  const attemptsLeft = AttemptsLeft.safeParse(answer.attemptsLeft).data;
  const no = { kind: "no", errorCode: String(errorCode), message } as const;
  return attemptsLeft === undefined ? no : { ...no, attemptsLeft };
}

/** Status and code alone: both are the bot's words for machines. */
function whyOf(reply: BotReply): string {
  if (reply.kind === "silence") return "no answer";
  const answer = readAnswer(reply.body);
  return `${reply.status} ${answer ? (answer.errorCode ?? "(no code)") : "(not to be read)"}`;
}
