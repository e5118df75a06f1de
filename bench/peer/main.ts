import { Queue, UnrecoverableError, Worker } from "bullmq";
import { Api, GrammyError } from "grammy";
import type { Job, Order, PeerNews, PeerSettings } from "./messages.ts";

/**
 * What people would build instead: a broadcast as jobs in BullMQ, sent with grammY by a worker of bounded concurrency,
 * at the rate of the queue's own limiter, tried again with growing waits, held as long as a 429 says.
 */

/** The first wait before a message is tried again, ms; it doubles. */
const BACKOFF = 1_000;
const ATTEMPTS = 5;
/** Jobs put into Redis at one go. */
const AT_ONCE = 1_000;
/** A request that has no answer by then gets none (s). */
const TIMEOUT = 20;
const QUEUE = "messages";

const settings = JSON.parse(process.argv[2] ?? "") as PeerSettings;
const connection = { host: "127.0.0.1", port: settings.redisPort, maxRetriesPerRequest: null };
const api = new Api(settings.token, { apiRoot: settings.apiRoot, timeoutSeconds: TIMEOUT });

const queue = new Queue<Job>(QUEUE, {
  connection,
  defaultJobOptions: {
    attempts: ATTEMPTS,
    backoff: { type: "exponential", delay: BACKOFF },
    removeOnComplete: true,
  },
});
const worker = new Worker<Job>(QUEUE, ({ data }) => send(data), {
  connection,
  concurrency: settings.concurrency,
  ...(settings.perSecond === null ? {} : { limiter: { max: settings.perSecond, duration: 1_000 } }),
});

async function send({ chat, text }: Job): Promise<void> {
  try {
    await api.sendMessage(chat, text, {
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
      ...(settings.isPaid ? { allow_paid_broadcast: true } : {}),
    });
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    const { error_code: code, parameters, description } = error;
    if (code === 429) {
      await queue.rateLimit((parameters.retry_after ?? 1) * 1_000);
      throw Worker.RateLimitError();
    }
    throw code < 500 ? new UnrecoverableError(description) : error;
  }
}

async function carryOut({ chats, text }: Order): Promise<void> {
  const ended = { completed: 0, failed: 0 };
  const { promise, resolve } = Promise.withResolvers<void>();
  const count = (what: keyof typeof ended) => {
    ended[what] += 1;
    if (ended.completed + ended.failed === chats.length) resolve();
  };
  worker.on("completed", () => count("completed"));
  worker.on("failed", (job) => {
    if (!job || job.finishedOn !== undefined) count("failed");
  });
  for (let from = 0; from < chats.length; from += AT_ONCE) {
    const some = chats.slice(from, from + AT_ONCE);
    await queue.addBulk(some.map((chat) => ({ name: "send", data: { chat, text } })));
  }
  await promise;
  tell({ kind: "done", ...ended });
}

function tell(news: PeerNews): void {
  process.send?.(news);
}

process.on("message", (order) => void carryOut(order as Order));
process.on("disconnect", () => process.exit());
await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
tell({ kind: "ready" });
