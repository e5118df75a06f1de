/** A token bucket at a moment. */
export interface Bucket {
  readonly tokens: number;
  /** When `tokens` was true, ms. */
  readonly at: number;
}

/** A bucket that nobody took from yet. */
export function fullBucket(capacity: number, now: number): Bucket {
  return { tokens: capacity, at: now };
}

/** The bucket at `now`, filled at `rate` tokens a second. A clock that steps back adds nothing. */
export function refill(bucket: Bucket, rate: number, capacity: number, now: number): Bucket {
  const elapsed = Math.max(0, now - bucket.at) / 1000;
  return { tokens: Math.min(capacity, bucket.tokens + elapsed * rate), at: Math.max(now, bucket.at) };
}

/** Whole seconds, at least one, until the bucket holds a token (Bot API: `retry_after` is an integer). */
export function secondsToWait(bucket: Bucket, rate: number): number {
  if (rate <= 0) return LONGEST_WAIT;
  return Math.max(1, Math.min(LONGEST_WAIT, Math.ceil((1 - bucket.tokens) / rate)));
}

/** A limit of zero would ask for an endless wait. */
const LONGEST_WAIT = 3600;
