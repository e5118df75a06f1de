/** Counts what happened, for charts: how often each of `values` came up. */
export type Count = (event: string, botId: string, values: readonly string[]) => void;

/**
 * Counters in Analytics Engine, where it is bound (`docs/operations.md`): one data point for each value, with the bot as
 * its index, event and value as blobs, and how often as its double.
 */
export function countersIn(dataset: AnalyticsEngineDataset | undefined): Count {
  return (event, botId, values) => {
    if (!dataset) return;
    const times = new Map<string, number>();
    for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
    for (const [value, count] of times)
      dataset.writeDataPoint({ indexes: [botId], blobs: [event, value], doubles: [count] });
  };
}
