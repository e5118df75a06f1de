import type { CheckCommand } from "./check-command.ts";
import { checkReads } from "./check-reads.ts";
import { checkWrites } from "./check-writes.ts";
import { proberOf } from "./prober.ts";
import { type Report, reportOf } from "./report.ts";

/** Tries a system that runs. @param now milliseconds, of any beginning */
export async function checkSystem(command: CheckCommand, now: () => number): Promise<Report> {
  const { url, token, tried, required, ids, writes } = command;
  const prober = proberOf({ url, token }, now);
  const reads = await checkReads(prober, ids, tried);
  const written = writes ? await checkWrites(prober, reads, tried) : [];
  return reportOf([...reads.findings, ...written], required);
}
