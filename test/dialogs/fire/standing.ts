import type { BotProfile } from "../../../contract/bot.ts";
import { FOREVER } from "../../../contract/lead.ts";
import { quietUntil } from "../../../dialogs/time.ts";
import type { Rightly, Silence } from "./trace.ts";

/** How long settings that came with a delivery are used before those that the conversation has read itself. */
const LENT_MS = 10 * 60 * 1000;

/**
 * How things stand with the person by rights: what they and the main system wanted last, as far as it is certain. Kept
 * beside the conversation, from what its steps were told, and never from its rows.
 */
export class Standing {
  readonly #now: () => number;
  readonly #bot: () => BotProfile;
  /** Absent while a change is under way whose end nobody saw. */
  #pausedUntil: number | null | undefined = null;
  #withOperator: boolean | undefined = false;
  readonly #tags = new Set<string>();
  readonly #variables = new Set<string>();
  /** The bot's settings that the conversation has read last. */
  #read: BotProfile | null = null;
  /** How often the process died. */
  deaths = 0;
  /** Those that came with a delivery. */
  #lent: { readonly bot: BotProfile; readonly at: number } | null = null;

  constructor(now: () => number, bot: () => BotProfile) {
    this.#now = now;
    this.#bot = bot;
  }

  /** A pause is about to begin or to end. */
  changesPause(): void {
    this.#pausedUntil = undefined;
  }

  /** It has; `until` is milliseconds since 1970, `null` the end of it. */
  paused(until: number | null): void {
    this.#pausedUntil = until;
  }

  /** An operator is about to come or to go. */
  changesOperator(): void {
    this.#withOperator = undefined;
  }

  /** They have. */
  operator(isThere: boolean): void {
    this.#withOperator = isThere;
  }

  /** A label was given that is never taken away. */
  tagged(tag: string): void {
    this.#tags.add(tag);
  }

  /** A variable was set that is never forgotten. */
  knows(variable: string): void {
    this.#variables.add(variable);
  }

  /** The conversation read the bot's settings. */
  hasRead(bot: BotProfile | null): void {
    this.#read = bot;
  }

  /** It was lent them with a delivery. */
  wasLent(bot: BotProfile): void {
    this.#lent = { bot, at: this.#now() };
  }

  /** The process dies: what a step had changed may be changed once more. */
  dies(): void {
    this.deaths += 1;
  }

  /** What it was lent is gone with its process. */
  forgets(): void {
    this.#lent = null;
  }

  /** What keeps the bot from speaking by itself now, where that is certain. */
  get silence(): Silence {
    const now = this.#now();
    const until = this.#pausedUntil ?? null;
    return {
      pausedUntil: until !== null && until > now ? until : null,
      withOperator: this.#withOperator === true,
      isNight: this.#settings.every(
        ({ quietHours, timeZone }) => quietUntil(quietHours, now, timeZone) !== null,
      ),
    };
  }

  /** What of the lead is certain. */
  get rightly(): Rightly {
    return {
      tags: [...this.#tags].sort(),
      variables: [...this.#variables].sort(),
      isPausedForever: this.#pausedUntil === undefined ? null : this.#pausedUntil === FOREVER,
      withOperator: this.#withOperator ?? null,
    };
  }

  /** All settings that the conversation may rightly go by. */
  get #settings(): readonly BotProfile[] {
    const lent = this.#lent && this.#now() - this.#lent.at < LENT_MS ? [this.#lent.bot] : [];
    return [this.#bot(), ...(this.#read ? [this.#read] : []), ...lent];
  }
}
