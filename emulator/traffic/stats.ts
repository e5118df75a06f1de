import { Peak } from "./peak.ts";

/** `GET /emulator/stats`. Counts run from the start, or from the last `DELETE /emulator/stats`. */
export interface StatsReport {
  /** Calls of each method, whatever came of them. */
  readonly calls: Record<string, number>;
  /** Answers by HTTP status; a dropped connection counts as `dropped`. */
  readonly answers: Record<string, number>;
  /** Most messages tried in any one second, refused ones too: by bot name, and by chat (the busiest twenty). */
  readonly peakPerSecond: { readonly bots: Record<string, number>; readonly chats: Record<string, number> };
  /** Sends that came too fast: what a well-paced client keeps at zero. */
  readonly limitsBroken: { readonly bot: number; readonly chat: number };
  /** Answers with 429, ordered by a fault or earned. */
  readonly tooManyRequests: number;
  /** Messages that reached a chat from a bot, and when the first and the last did (ms since 1970, or null). */
  readonly messages: {
    readonly sent: number;
    readonly firstAt: number | null;
    readonly lastAt: number | null;
  };
  /** Updates brought to webhooks, and tries that failed. */
  readonly webhooks: { readonly delivered: number; readonly failed: number };
}

const SHOWN_CHATS = 20;

/** What the Bot API was asked and how fast. */
export class Stats {
  #calls = new Map<string, number>();
  #answers = new Map<string, number>();
  #bots = new Map<string, Peak>();
  #chats = new Map<string, Peak>();
  #broken = { bot: 0, chat: 0 };
  #messages: { sent: number; firstAt: number | null; lastAt: number | null } = {
    sent: 0,
    firstAt: null,
    lastAt: null,
  };
  #webhooks = { delivered: 0, failed: 0 };

  called(method: string): void {
    this.#calls.set(method, (this.#calls.get(method) ?? 0) + 1);
  }

  /** An answer's status, or that there was none. */
  answered(status: number | "dropped"): void {
    this.#answers.set(String(status), (this.#answers.get(String(status)) ?? 0) + 1);
  }

  /** A message was tried, and which limit it broke. */
  tried(bot: string, chat: number, now: number, broke: "bot" | "chat" | null): void {
    peakOf(this.#bots, bot).count(now);
    peakOf(this.#chats, String(chat)).count(now);
    if (broke) this.#broken[broke] += 1;
  }

  /** A message reached its chat. */
  sent(now: number): void {
    this.#messages = { sent: this.#messages.sent + 1, firstAt: this.#messages.firstAt ?? now, lastAt: now };
  }

  /** One try to bring an update to a webhook. */
  webhook(outcome: "delivered" | "failed"): void {
    this.#webhooks[outcome] += 1;
  }

  report(): StatsReport {
    const chats = [...peaks(this.#chats)].sort((a, b) => b[1] - a[1]).slice(0, SHOWN_CHATS);
    return {
      calls: Object.fromEntries(this.#calls),
      answers: Object.fromEntries(this.#answers),
      peakPerSecond: { bots: Object.fromEntries(peaks(this.#bots)), chats: Object.fromEntries(chats) },
      limitsBroken: { ...this.#broken },
      tooManyRequests: this.#answers.get("429") ?? 0,
      messages: { ...this.#messages },
      webhooks: { ...this.#webhooks },
    };
  }

  clear(): void {
    for (const map of [this.#calls, this.#answers, this.#bots, this.#chats]) map.clear();
    this.#broken = { bot: 0, chat: 0 };
    this.#messages = { sent: 0, firstAt: null, lastAt: null };
    this.#webhooks = { delivered: 0, failed: 0 };
  }
}

function peakOf(map: Map<string, Peak>, key: string): Peak {
  const known = map.get(key) ?? new Peak();
  map.set(key, known);
  return known;
}

function peaks(map: Map<string, Peak>): [string, number][] {
  return [...map].map(([key, peak]) => [key, peak.most]);
}
