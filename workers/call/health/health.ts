import type { BotProfile } from "../../../contract/bot.ts";
import { errorFacts } from "../../../contract/errors.ts";
import { CHANNELS } from "../../../contract/lead.ts";
import type { WebhookState } from "../../../contract/ports.ts";
import { within } from "../../../contract/within.ts";
import type { PacerStatus } from "../../../durable-objects/pacer/pacer.ts";
import { countOpenCalls } from "../../../schema/call-list.ts";
import { countLetters } from "../../../schema/dead-letter-box.ts";
import type { Aliases } from "../../../schema/scope-sql.ts";
import type { House } from "../../house.ts";

/** How long the messenger, or a part of ours, is waited for. */
const PATIENCE_MS = 5_000;
/** An error of the webhook that is older than this is over. */
const RECENT_MS = 10 * 60 * 1000;
/** Recipients wait so long in the queue where its consumers don't keep up; they are told within a second or two. */
const SLOW_QUEUE_MS = 10_000;

/** What may be wrong with a bot: stable words, explained in `docs/operations.md`. */
export const PROBLEMS = [
  "webhook-unknown",
  "webhook-not-set",
  "webhook-failing",
  "channel-holds",
  "queue-slow",
  "dead-letters",
  "pacer-unknown",
  "counts-unknown",
] as const;

/** What is looked at to say how a bot fares. */
export interface Findings {
  /** `null` where the messenger does not answer. */
  readonly webhook: WebhookState | null;
  /** `null` where the pacer does not answer. */
  readonly pacer: PacerStatus | null;
  /** `null` where the database does not answer. */
  readonly deadLetters: number | null;
  readonly now: number;
}

/** What is wrong with a bot. */
export function problemsOf({
  webhook,
  pacer,
  deadLetters,
  now,
}: Findings): readonly (typeof PROBLEMS)[number][] {
  const lastErrorAt = webhook?.lastErrorAt ?? null;
  const isWrong = {
    "webhook-unknown": webhook === null,
    "webhook-not-set": webhook !== null && !webhook.isSet,
    "webhook-failing": lastErrorAt !== null && now - lastErrorAt < RECENT_MS,
    "channel-holds": pacer !== null && pacer.heldUntil !== null,
    "queue-slow": (pacer?.queueAgeMs ?? 0) > SLOW_QUEUE_MS,
    "dead-letters": (deadLetters ?? 0) > 0,
    "pacer-unknown": pacer === null,
    "counts-unknown": deadLetters === null,
  } satisfies Record<(typeof PROBLEMS)[number], boolean>;
  return PROBLEMS.filter((problem) => isWrong[problem]);
}

/**
 * How a bot fares, as far as who asks may know it. Whatever does not answer is a problem, and keeps nothing else from
 * being told. @param aliases of which calls
 */
export async function healthOf(bot: BotProfile, aliases: Aliases, house: House) {
  const { botId } = bot;
  const [channel] = CHANNELS;
  const [webhook, pacer, counts] = await Promise.all([
    told("webhook-not-told", bot, house, async () => (await house.channel(bot, channel)).webhook()),
    told("pacer-not-told", bot, house, () => house.pacer(botId, channel).status()),
    told("counts-not-told", bot, house, async () => {
      const { db } = house;
      const [letters, calls] = await Promise.all([
        countLetters(db, botId, aliases),
        countOpenCalls(db, botId, aliases),
      ]);
      return { letters, calls };
    }),
  ]);
  const deadLetters = counts?.letters ?? null;
  const problems = problemsOf({ webhook, pacer, deadLetters, now: house.now() });
  return {
    ok: problems.length === 0,
    problems,
    webhook: webhook
      ? { state: "known", ...webhook, lastErrorAt: timeOf(webhook.lastErrorAt) }
      : { state: "unknown" },
    pace: pacer && paceOf(pacer),
    queueAgeMs: pacer?.queueAgeMs ?? null,
    deadLetters,
    calls: counts?.calls ?? null,
  };
}

function paceOf({ queueAgeMs: _, heldUntil, ...pace }: PacerStatus) {
  return { ...pace, heldUntil: timeOf(heldUntil) };
}

/** What somebody says; `null`, and a line of the log, where they do not in time, or fail. */
async function told<T>(
  event: string,
  { botId }: BotProfile,
  house: House,
  ask: () => Promise<T>,
): Promise<T | null> {
  try {
    return await within(PATIENCE_MS, "Whoever was asked", ask());
  } catch (error) {
    house.log(event, { botId, ...errorFacts(error) });
    return null;
  }
}

const timeOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
