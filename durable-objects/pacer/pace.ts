/** A bucket of sends: filled at some rate, emptied by sending. */
interface Bucket {
  /** Sends that may leave now; below zero where answers went ahead of their time. */
  readonly tokens: number;
  /** When `tokens` was true; milliseconds since 1970. */
  readonly at: number;
}

/** A call that is being sent, as the pacer sees it. */
interface Share extends Bucket {
  readonly critical: boolean;
  /** Whether it would have sent more than it was given. */
  readonly isHungry: boolean;
  /** It is to ask again by then; later it is through, held, or lost. Milliseconds since 1970. */
  readonly until: number;
}

/** What is known of a bot's send rate in one messenger. */
export interface Pace extends Bucket {
  /** Most messages a second. */
  readonly ceiling: number;
  /** The rate that was gone down to when the messenger last said "slow down"; it grows from `heldUntil` on. */
  readonly slowedTo: number;
  /** Nothing is sent before this; milliseconds since 1970. */
  readonly heldUntil: number;
  /** Answers that were told to wait, and have not had the time for it yet. */
  readonly promised: number;
  /** The calls that are being sent, by their id. */
  readonly shares: ReadonlyMap<string, Share>;
}

/** What a broadcast asks for. */
export interface Ask {
  readonly callId: string;
  readonly critical: boolean;
  /** How many recipients it could send to at once. */
  readonly wanted: number;
}

/** How many recipients a broadcast may send to now, and when to ask again. */
export interface Grant {
  readonly slots: number;
  readonly againMs: number;
  /** Messages a second that are its share now. */
  readonly perSecond: number;
}

/** How often a broadcast asks: often enough that its messages are spread over the second, seldom enough to be cheap. */
const TICK_MS = 400;
/**
 * How much a bucket holds, in seconds of its rate: a broadcast whose alarm came late makes up for it, and yet with the
 * debt of answers it stays within the second's worth that Telegram takes at once.
 */
const BURST_S = 0.65;
/** How far answers may go ahead of their time, in seconds of the rate. */
const DEBT_S = 0.3;
/** A call that has not asked for this long after it was to is through, held, or lost. */
const ACTIVE_MS = 1_000;
/** What is left of the rate after a "slow down", and how much of the ceiling it regains each second. */
const SLOWER = 0.8;
const REGAINED = 0.01;
/** The rate never falls below one message in two seconds: it has to be felt out again. */
const SLOWEST = 0.5;

/** A pace that begins with nothing in hand: a restart in the middle of a second must not send that second twice. */
export function beginning(ceiling: number, now: number): Pace {
  return { ceiling, slowedTo: ceiling, heldUntil: 0, tokens: 0, at: now, promised: 0, shares: new Map() };
}

/** Messages a second that are tried now: below the ceiling for a while after the messenger said "slow down". */
export function rateAt({ ceiling, slowedTo, heldUntil }: Pace, now: number): number {
  const regained = (Math.max(0, now - heldUntil) / 1000) * ceiling * REGAINED;
  return Math.min(ceiling, Math.max(SLOWEST, slowedTo + regained));
}

/**
 * Takes one send that nobody should wait for: an answer. It goes ahead of broadcasts, into debt if need be. Beyond that
 * each is told a time of its own, so that a crowd does not come back all at once.
 */
export function takeAnswer(pace: Pace, now: number): { readonly pace: Pace; readonly waitMs: number } {
  if (now < pace.heldUntil) return { pace, waitMs: pace.heldUntil - now };
  const rate = rateAt(pace, now);
  const tokens = filled(pace, rate, now);
  const promised = Math.max(0, pace.promised - (Math.max(0, now - pace.at) / 1000) * rate);
  const least = Math.min(-1, -rate * DEBT_S);
  if (tokens - 1 >= least) return { pace: { ...pace, tokens: tokens - 1, promised, at: now }, waitMs: 0 };
  const waitMs = Math.ceil(((least + 1 - tokens + promised) / rate) * 1000);
  return { pace: { ...pace, tokens, promised: promised + 1, at: now }, waitMs };
}

/**
 * Takes sends for a broadcast: its fair share of what answers and critical calls leave. What a call does not use, the
 * others get.
 */
export function takeShare(pace: Pace, ask: Ask, now: number): { readonly pace: Pace; readonly grant: Grant } {
  if (now < pace.heldUntil) return { pace, grant: { slots: 0, againMs: pace.heldUntil - now, perSecond: 0 } };
  const rate = rateAt(pace, now);
  const others = stillActive(pace.shares, ask.callId, now);
  const isOutranked = !ask.critical && [...others.values()].some((share) => share.critical && share.isHungry);
  const rivals = [...others.values()].filter((share) => share.isHungry && share.critical === ask.critical);
  const ownRate = rate / (rivals.length + 1);
  // One more than its share of the burst: of many small shares each would otherwise lose its fraction at every tick.
  const own = filled(pace.shares.get(ask.callId) ?? { tokens: 0, at: pace.at }, ownRate, now, 1);
  const tokens = filled(pace, rate, now);
  const slots = isOutranked ? 0 : Math.max(0, Math.floor(Math.min(ask.wanted, tokens, own)));
  const againMs = Math.max(TICK_MS, Math.ceil(((1 - (own - slots)) / ownRate) * 1000));
  const share = {
    tokens: own - slots,
    at: now,
    critical: ask.critical,
    isHungry: ask.wanted > slots,
    until: now + againMs + ACTIVE_MS,
  };
  const promised = Math.max(0, pace.promised - (Math.max(0, now - pace.at) / 1000) * rate);
  return {
    pace: {
      ...pace,
      tokens: tokens - slots,
      promised,
      at: now,
      shares: new Map(others).set(ask.callId, share),
    },
    grant: { slots, againMs, perSecond: ownRate },
  };
}

/** The messenger said "slow down" for `seconds`. Messages that were on their way say so too: that is one slowing. */
export function slowed(pace: Pace, seconds: number, now: number): Pace {
  const heldUntil = Math.max(pace.heldUntil, now + seconds * 1000);
  if (now < pace.heldUntil) return { ...pace, heldUntil, at: heldUntil };
  const slowedTo = Math.max(SLOWEST, rateAt(pace, now) * SLOWER);
  return { ...pace, heldUntil, slowedTo, tokens: Math.min(0, pace.tokens), at: heldUntil };
}

/** The pace with another ceiling: the bot's settings were changed. */
export function withCeiling(pace: Pace, ceiling: number): Pace {
  if (ceiling === pace.ceiling) return pace;
  const slowedTo = pace.slowedTo >= pace.ceiling ? ceiling : Math.min(pace.slowedTo, ceiling);
  return { ...pace, ceiling, slowedTo };
}

/** How many calls are being sent. */
export function activeCalls({ shares }: Pace, now: number): number {
  return [...shares.values()].filter(({ until }) => now < until).length;
}

function filled({ tokens, at }: Bucket, rate: number, now: number, more = 0): number {
  const most = Math.max(1, rate * BURST_S) + more;
  return Math.min(most, tokens + (Math.max(0, now - at) / 1000) * rate);
}

function stillActive(shares: Pace["shares"], but: string, now: number): ReadonlyMap<string, Share> {
  return new Map([...shares].filter(([callId, { until }]) => callId !== but && now < until));
}
