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

/** A number as the report shows it: enough digits to compare, none that only chance made. */
export function shown(value: number): string {
  if (value !== 0 && value < 0.1) return value.toPrecision(1);
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
