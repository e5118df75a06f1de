import { setTimeout as pause } from "node:timers/promises";
import { Complaint } from "../command.ts";
import { type Child, logTail } from "./child.ts";

/** A first start on a busy machine has to bundle everything; longer than this it will not come at all. */
const PATIENCE_MS = 60_000;
/** One question may get lost while a server starts; it is asked again. */
const QUESTION_MS = 5_000;
const ASK_AGAIN_MS = 40;

/** Resolves once `GET /healthz` answers 200. Throws a `Complaint` with the log's end when it does not come. */
export async function untilHealthy(child: Child, url: string, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isHealthy(`${url}/healthz`))) {
    if (Date.now() > deadline) throw new Complaint(tooLate(child, url, patienceMs));
    await pause(ASK_AGAIN_MS);
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(QUESTION_MS) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function tooLate({ title, log }: Child, url: string, patienceMs: number): string {
  const seconds = Math.round(patienceMs / 1_000);
  return `${url}/healthz of ${title} did not answer 200 within ${seconds} s. The end of its log, ${log}:\n\n${logTail(log)}\n`;
}
