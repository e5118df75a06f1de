import { type Bucket, fullBucket, refill, secondsToWait } from "./token-bucket.ts";

/** Sends a second; `null` is no limit. */
export interface Limits {
  /** Messages a second of one bot to everyone. */
  readonly perBot: number | null;
  /** The same for messages with `allow_paid_broadcast`. */
  readonly perBotPaid: number | null;
  /** Messages a second of one bot to one chat, in the long run. */
  readonly perChat: number | null;
  /** How many messages may come to one chat at once before `perChat` is felt. */
  readonly chatBurst: number;
}

/**
 * What Telegram's FAQ tells: about 30 a second in bulk, 1000 when paid for, one a second to a chat where "short
 * bursts" are tolerated. It gives no figure for a burst; 5 lets a dialog's answer of two or three messages
 * through twice in a row and still catches a loop.
 */
export const TELEGRAM_LIMITS: Limits = { perBot: 30, perBotPaid: 1000, perChat: 1, chatBurst: 5 };

/** A send's permission, or which limit refused it and for how many whole seconds. */
export type Leave =
  | { readonly ok: true }
  | { readonly ok: false; readonly by: "bot" | "chat"; readonly retryAfter: number };

/** Buckets remembered before those at rest are dropped. */
const REMEMBERED = 20_000;
/** How often that is looked at, ms. */
const TIDY_EVERY = 1000;

/** Counts one bot's sends against the limits. A refused send uses up nothing. */
export class SendLimiter {
  limits: Limits;
  #buckets = new Map<string, Bucket>();
  #tidied = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes a place for one message at `now` (ms), or says how long to wait. */
  take(send: { bot: number; chat: number; paid: boolean }, now: number): Leave {
    const { perBot, perBotPaid, perChat, chatBurst } = this.limits;
    const rate = send.paid ? perBotPaid : perBot;
    const chat = this.#look(`${send.bot}/${send.chat}`, perChat, chatBurst, now);
    const bot = this.#look(`${send.bot}/${send.paid ? "paid" : "free"}`, rate, rate ?? 0, now);

    if (chat && chat.bucket.tokens < 1) {
      return { ok: false, by: "chat", retryAfter: secondsToWait(chat.bucket, chat.rate) };
    }
    if (bot && bot.bucket.tokens < 1) {
      return { ok: false, by: "bot", retryAfter: secondsToWait(bot.bucket, bot.rate) };
    }
    for (const place of [chat, bot]) {
      if (place) this.#buckets.set(place.key, { ...place.bucket, tokens: place.bucket.tokens - 1 });
    }
    if (this.#buckets.size > REMEMBERED && now - this.#tidied > TIDY_EVERY) this.#forgetRested(now);
    return { ok: true };
  }

  /** Starts all counts anew; the limits stay. */
  reset(): void {
    this.#buckets.clear();
  }

  #look(key: string, rate: number | null, size: number, now: number) {
    if (rate === null) return null;
    const capacity = Math.max(1, size);
    const bucket = refill(this.#buckets.get(key) ?? fullBucket(capacity, now), rate, capacity, now);
    return { key, rate, bucket };
  }

  #forgetRested(now: number): void {
    this.#tidied = now;
    const rest = (this.limits.chatBurst / (this.limits.perChat ?? 1)) * 1000;
    for (const [key, bucket] of this.#buckets) if (now - bucket.at > rest) this.#buckets.delete(key);
  }
}
