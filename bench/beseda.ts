import type { D1Database } from "@cloudflare/workers-types";
import { createTestHarness, type WorkerHandle } from "wrangler";
import { webhookSecret } from "../channels/telegram/webhook-secret.ts";
import { conversationName } from "../contract/lead.ts";
import { seedDevelopment } from "../schema/seed-development.ts";
import type { Build } from "./builds.ts";
import { BOTS, type Telegram } from "./telegram.ts";

/** The demo bot's id in the database. */
export const BOT_ID = "1";

/** The name of the conversation object of a person's chat with the demo bot. */
export function conversationOf(person: number): string {
  return conversationName({ botId: BOT_ID, channel: "telegram", externalId: String(person) });
}

/** Beseda running for the bench. */
export interface Beseda {
  readonly url: string;
  readonly worker: WorkerHandle;
  readonly db: D1Database;
  close(): Promise<void>;
}

/** Starts Beseda, its database made and seeded, and sends it the bot's updates. */
export async function startBeseda(build: Build, telegram: Telegram, site: string): Promise<Beseda> {
  const sealingKey = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
  const { configPath, prebuiltWorkerDir } = build;
  const vars = { TELEGRAM_API_ROOT: telegram.emulator.url };
  const harness = createTestHarness({
    workers: [{ configPath, prebuiltWorkerDir, vars, secrets: { SEALING_KEY: sealingKey } }],
  });
  const { url } = await harness.listen();
  const worker = harness.getWorker();
  await worker.applyD1Migrations("DB");
  const { DB: db } = (await worker.getEnv()) as { DB: D1Database };
  await seedDevelopment(db, sealingKey, { site });
  await telegram.connect(
    "beseda",
    `${url.origin}/telegram/${BOT_ID}`,
    await webhookSecret(sealingKey, BOT_ID),
  );
  return { url: url.origin, worker, db, close: () => harness.close() };
}

/** The bare bot running for the bench. */
export interface BareBot {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the bare bot under the same harness, with the same duty to check the webhook's secret. */
export async function startBareBot(build: Build, telegram: Telegram): Promise<BareBot> {
  const { configPath, prebuiltWorkerDir } = build;
  const { token, ...info } = BOTS.bare;
  const secret = "bare-bot-secret";
  const vars = {
    TELEGRAM_API_ROOT: telegram.emulator.url,
    BOT_TOKEN: token,
    BOT_INFO: JSON.stringify({ ...info, is_bot: true }),
    WEBHOOK_SECRET: secret,
  };
  const harness = createTestHarness({ workers: [{ configPath, prebuiltWorkerDir, vars }] });
  const { url } = await harness.listen();
  await telegram.connect("bare", `${url.origin}/`, secret);
  return { url: url.origin, close: () => harness.close() };
}
