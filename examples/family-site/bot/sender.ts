import type { Clock } from "../clock.ts";
import type { Database } from "../data/database.ts";
import {
  type DueNotice,
  hurryWaiting,
  markFailed,
  markSent,
  markWaiting,
  nextDue,
  nextDueAt,
} from "../data/outbox.ts";
import { type BotAddress, callBot } from "./call.ts";
import { judge, nextTry, SILENT, type Verdict } from "./verdict.ts";

/** Sends what the outbox holds, one notice at a time. */
export interface Sender {
  /** Looks for due notices; call it after every new one, as often as you like. */
  wake(): void;
  /** Ends a call under way and waits for it. Its notice stays in the outbox, under the same key. */
  stop(): Promise<void>;
}

/** What the sender works with. */
export interface SenderParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly bot: BotAddress;
  log(message: string, details?: unknown): void;
}

/** After a failure of our own (the database, say) wait this long and look again. */
const RECOVERY_MS = 5000;

/** Starts with whatever an earlier process left behind, once woken. */
export function outboxSender(parts: SenderParts): Sender {
  const { db, clock, log } = parts;
  const stopping = new AbortController();
  let round: Promise<void> | null = null;
  let cancelTimer = () => {};

  /** Sends until nothing is due, then sets the alarm for what will be. Nothing is awaited in between. */
  async function sendDue(): Promise<void> {
    let wait: number | null = RECOVERY_MS;
    try {
      await sendAll(parts, stopping.signal);
      const at = nextDueAt(db);
      wait = at === null ? null : Math.max(at - clock.now(), 0);
    } catch (error) {
      log("outbox failed", error);
    }
    round = null;
    cancelTimer();
    if (wait !== null && !stopping.signal.aborted) cancelTimer = clock.after(wait, wake);
  }

  function wake(): void {
    // In a microtask, so that the transaction that called is over.
    queueMicrotask(() => {
      if (!stopping.signal.aborted) round ??= sendDue();
    });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    cancelTimer();
    await round;
  }

  return { wake, stop };
}

async function sendAll({ db, clock, bot, log }: SenderParts, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const notice = nextDue(db, clock.now());
    if (!notice) return;
    const reply = await callBot(bot, notice, stop);
    if (stop.aborted && reply.kind === "silence") return;
    const verdict = judge(reply, clock.now());
    record(db, notice, verdict, clock.now());
    if (verdict.kind !== "sent") log(`${notice.alias} not sent: ${verdict.message}`);
  }
}

function record(db: Database, notice: DueNotice, verdict: Verdict, now: number): void {
  if (verdict.kind === "sent") {
    db.transaction(() => {
      markSent(db, notice.id, verdict.recipients);
      hurryWaiting(db, now, SILENT);
    });
    return;
  }
  const dueAt =
    verdict.kind === "later" ? nextTry({ ...notice, now, askedWaitMs: verdict.askedWaitMs }) : null;
  if (dueAt === null) markFailed(db, notice.id, verdict.message);
  else markWaiting(db, notice.id, dueAt, verdict.message);
}
