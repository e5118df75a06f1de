import type { D1Database } from "@cloudflare/workers-types";
import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { conversationName } from "../../contract/lead.ts";
import { startSite } from "../../examples/family-site/server.ts";
import { seedDevelopment } from "../../schema/seed-development.ts";
import type { Build } from "./builds.ts";
import { migrate, type Runtime, startRuntime } from "./runtime.ts";
import { BOTS, Telegram } from "./telegram.ts";

/** The demo bot's id in the database. */
export const BOT_ID = "1";

/** The name of the conversation object of a person's chat with the demo bot. */
export function conversationOf(person: number): string {
  return conversationName({ botId: BOT_ID, channel: "telegram", externalId: String(person) });
}

/** Beseda running for the bench. */
export interface Beseda extends Runtime {
  readonly db: D1Database;
}

/** Beseda with a Telegram of its own. */
export interface World {
  readonly telegram: Telegram;
  readonly beseda: Beseda;
  close(): Promise<void>;
}

/** Starts Beseda with a Telegram and a main system of its own; its bot sends as fast as it can. */
export async function startWorld(build: Build): Promise<World> {
  const telegram = await Telegram.start();
  // Nobody acts on its pages here, so it has nothing to tell its bot.
  const site = await startSite({ port: 0, bot: { apiUrl: "http://127.0.0.1:9", token: "none" } });
  const closeOthers = () => Promise.all([telegram.close(), site.close()]);
  try {
    const beseda = await startBeseda(build, telegram, site.url);
    const close = async () => {
      await beseda.close();
      await closeOthers();
    };
    return { telegram, beseda, close };
  } catch (error) {
    await closeOthers();
    throw error;
  }
}

/** A world for as long as `work` takes. */
export async function inWorld<T>(build: Build, work: (world: World) => Promise<T>): Promise<T> {
  const world = await startWorld(build);
  return work(world).finally(() => world.close());
}

async function startBeseda(build: Build, telegram: Telegram, site: string): Promise<Beseda> {
  const sealingKey = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
  const runtime = await startRuntime(build, {
    vars: { TELEGRAM_API_ROOT: telegram.emulator.url },
    secrets: { SEALING_KEY: sealingKey },
  });
  const db = await runtime.database();
  await migrate(db);
  await seedDevelopment(db, sealingKey, { site });
  await db.batch([
    db.prepare("UPDATE bots SET per_second = ?1, paid_broadcast = 1").bind(UNPACED),
    // The bench asks how far its calls are, more often than a caller may.
    db.prepare("UPDATE api_tokens SET calls_per_minute = ?1").bind(UNPACED),
  ]);
  await telegram.connect(
    "beseda",
    `${runtime.url}/telegram/${BOT_ID}`,
    await webhookSecret(sealingKey, BOT_ID),
  );
  return { ...runtime, db };
}

/** More than any machine here reaches. */
const UNPACED = 100_000;

/** How fast a bot may send: as the messenger allows everybody, as it allows those who pay, or less, or as fast as it can. */
export const PACES = {
  free: { perSecond: 30, isPaid: false },
  /** What any machine can do: here the pacer alone decides. */
  modest: { perSecond: 100, isPaid: true },
  paid: { perSecond: 1000, isPaid: true },
  none: { perSecond: UNPACED, isPaid: true },
} as const;

/** One of these paces. */
export type PaceName = keyof typeof PACES;

/** Has Telegram see to a pace from now on; nobody can see to none. */
export function guardPace(telegram: Telegram, pace: PaceName): void {
  telegram.limit(pace === "none" ? null : Math.max(PACES[pace].perSecond, PACES.free.perSecond));
}

/** Sets the bot's pace, and has its pacer forget what it knew of the settings. */
export async function setPace({ db, evict }: Beseda, pace: PaceName): Promise<void> {
  const { perSecond, isPaid } = PACES[pace];
  await db
    .prepare("UPDATE bots SET per_second = ?1, paid_broadcast = ?2")
    .bind(perSecond, isPaid ? 1 : 0)
    .run();
  await evict("Pacer", `${BOT_ID}/telegram`);
}

/** The bare bot running for the bench. */
export interface BareBot {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the bare bot under the same runtime, with the same duty to check the webhook's secret. */
export async function startBareBot(build: Build, telegram: Telegram): Promise<BareBot> {
  const { token, ...info } = BOTS.bare;
  const secret = "bare-bot-secret";
  const vars = {
    TELEGRAM_API_ROOT: telegram.emulator.url,
    BOT_TOKEN: token,
    BOT_INFO: JSON.stringify({ ...info, is_bot: true }),
    WEBHOOK_SECRET: secret,
  };
  const { url, close } = await startRuntime(build, { vars });
  await telegram.connect("bare", `${url}/`, secret);
  return { url, close };
}
