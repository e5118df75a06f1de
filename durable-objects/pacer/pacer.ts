import { DurableObject } from "cloudflare:workers";
import { MESSAGES_PER_SECOND } from "../../contract/defaults.ts";
import {
  type Ask,
  activeCalls,
  beginning,
  type Grant,
  type Pace,
  rateAt,
  slowed,
  takeAnswer,
  takeShare,
  withCeiling,
} from "./pace.ts";

/** The world as a pacer needs it. */
export interface PacerPorts {
  /** Most messages a second that a bot may send, by its settings; `null` where there is no such bot. */
  ceiling(botId: string): Promise<number | null>;
}

/** How a bot's sending goes, for whoever watches it. */
export interface PacerStatus {
  /** Most messages a second, by the bot's settings. */
  readonly ceiling: number;
  /** Messages a second that are tried now. */
  readonly perSecond: number;
  /** Until when nothing is sent, because the messenger said so; milliseconds since 1970, or `null`. */
  readonly heldUntil: number | null;
  /** Calls that are being sent. */
  readonly calls: number;
  /** How long the last recipients waited in the queue, milliseconds; `null` where none came through of late. */
  readonly queueAgeMs: number | null;
}

/** What outlives an eviction. */
interface Kept {
  readonly ceiling: number;
  readonly slowedTo: number;
  readonly heldUntil: number;
}

/** How long a bot's settings are taken for fresh. */
const FRESH_MS = 60_000;
/** An age of the queue that was told longer ago says nothing of now. */
const AGE_TOLD_MS = 60_000;

/**
 * The send rate of one bot in one messenger; its name is `<botId>/<channel>`. It hands out the right to send, and
 * holds everybody back when the messenger says so. It never waits and never sends.
 */
export abstract class PacerObject extends DurableObject<Env> {
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number = Date.now;
  #pace: Pace | null = null;
  #readAt = 0;
  #queueAge: { readonly ms: number; readonly at: number } | null = null;

  /** The world, from this object's own bindings; given by `workers/house.ts`. */
  protected abstract ports(): PacerPorts;

  /** Takes the right to send one answer of this bot now: 0, or the milliseconds to wait before asking again. */
  takeOne(botId: string): number {
    const now = this.clock();
    const { pace, waitMs } = takeAnswer(this.#present(), now);
    this.#pace = pace;
    // Only where it gets tight does it matter what the settings are: most answers cost no look at them.
    if (waitMs > 0 && now - this.#readAt > FRESH_MS) this.#refresh(botId, now);
    return waitMs;
  }

  /** Takes slots for a broadcast of this bot. */
  takeSlots(botId: string, ask: Ask): Grant {
    const now = this.clock();
    if (now - this.#readAt > FRESH_MS) this.#refresh(botId, now);
    const { pace, grant } = takeShare(this.#present(), ask, now);
    this.#pace = pace;
    return grant;
  }

  /** The messenger asked the whole bot to slow down, for `seconds`. */
  slowDown(seconds: number): void {
    this.#keep(slowed(this.#present(), seconds, this.clock()));
  }

  /** Recipients of this bot wait so long in the queue, or did a moment ago. */
  noteQueueAge(ms: number): void {
    this.#queueAge = { ms, at: this.clock() };
  }

  /** How the sending goes. */
  status(): PacerStatus {
    const now = this.clock();
    const pace = this.#present();
    const age = this.#queueAge;
    return {
      ceiling: pace.ceiling,
      perSecond: now < pace.heldUntil ? 0 : rateAt(pace, now),
      heldUntil: now < pace.heldUntil ? pace.heldUntil : null,
      calls: activeCalls(pace, now),
      queueAgeMs: age && now - age.at < AGE_TOLD_MS ? age.ms : null,
    };
  }

  #present(): Pace {
    if (this.#pace) return this.#pace;
    const kept = this.ctx.storage.kv.get<Kept>("pace");
    this.#pace = { ...beginning(MESSAGES_PER_SECOND, this.clock()), ...kept };
    return this.#pace;
  }

  #keep(pace: Pace): void {
    this.#pace = pace;
    const { ceiling, slowedTo, heldUntil } = pace;
    this.ctx.storage.kv.put("pace", { ceiling, slowedTo, heldUntil } satisfies Kept);
  }

  /** Reads the bot's settings in the background: nobody waits for them, the next to ask has them. */
  #refresh(botId: string, now: number): void {
    this.#readAt = now;
    const read = this.ports()
      .ceiling(botId)
      .then((ceiling) => {
        if (ceiling !== null && ceiling !== this.#present().ceiling)
          this.#keep(withCeiling(this.#present(), ceiling));
      })
      .catch(() => {
        this.#readAt = 0;
      });
    this.ctx.waitUntil(read);
  }
}
