/** The value that this share of the values does not exceed (nearest rank). Throws where there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("No values, no quantile");
  return value;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Times of one kind, ms. */
export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

/** The middle of some times, and what one in a hundred exceeds. */
export function timesOf(ms: readonly number[]): Times {
  return { count: ms.length, p50: median(ms), p99: quantile(ms, 0.99) };
}

/** A number as the report shows it: enough digits to compare, none that only chance made. */
export function shown(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.1) return value.toPrecision(1);
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** A count per message: whole where it is whole. */
export function shownCount(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** A share, in per cent. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** p50 / p99, in ms. */
export function shownTimes({ p50, p99 }: Times): string {
  return `${shown(p50)} / ${shown(p99)} ms`;
}

/** A number of people or messages, with its thousands apart. */
export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
