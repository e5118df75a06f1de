import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import type { EmulatorOptions } from "../../emulator/options.ts";
import { type Emulator, startEmulator } from "../../emulator/server.ts";
import { startSite } from "../../examples/family-site/server.ts";
import { demoBot } from "../../scripts/local/world.ts";
import { setWebhook } from "../../scripts/telegram/webhook.ts";
import { type Api, apiAt } from "./api.ts";
import { jsonRequest } from "./json.ts";
import { type Person, personOf } from "./person.ts";
import { type SiteClient, siteAt } from "./site.ts";
import { type SystemLine, startSystemLine } from "./system-line.ts";
import { type Telegram, telegramAt } from "./telegram.ts";
import { type RunningWorker, seedWorker, startWorker } from "./worker.ts";

/** How a world is to be. */
export interface WorldOptions {
  /** Telegram's send limits; none unless given, so that tests need not wait for them. */
  readonly limits?: EmulatorOptions["limits"];
  /** Whether the site tells the bot of its posts and comments; it does unless told not to. */
  readonly siteTells?: boolean;
}

/** Who a person is in Telegram. */
export interface Identity {
  readonly first_name: string;
  readonly last_name?: string;
  readonly phone_number?: string;
  readonly language_code?: string;
}

/** Everything there is, on this machine and in memory: Telegram, the family site, the Worker between them. */
export interface World {
  readonly worker: RunningWorker;
  readonly emulator: Emulator;
  readonly telegram: Telegram;
  readonly site: SiteClient;
  /** What the bot asks the site passes through here. */
  readonly line: SystemLine;
  /** What the site asks the bot passes through here. */
  readonly siteLine: SystemLine;
  readonly api: Api;
  /** A person with a phone, who is made known to Telegram. */
  person(id: number, identity?: Identity): Promise<Person>;
  /** Sends the Worker an update as Telegram does; the status it answers. */
  webhook(body: string, secret?: string): Promise<number>;
  close(): Promise<void>;
}

const NO_LIMITS = { perBot: null, perBotPaid: null, perChat: null };

/** People of the site, with the phones it knows. */
const FAMILY: Readonly<Record<number, Identity>> = {
  127: { first_name: "Александр", last_name: "Пушкин", phone_number: "79187777777", language_code: "ru" },
  1707: { first_name: "Анна", last_name: "Керн", phone_number: "79161234567", language_code: "ru" },
  2: { first_name: "Лев", last_name: "Пушкин", phone_number: "79000000002", language_code: "ru" },
  6: { first_name: "Ольга", last_name: "Павлищева", phone_number: "79000000006", language_code: "ru" },
};

/** Starts a world; nobody is signed in yet. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const emulator = await startEmulator({ port: 0, limits: options.limits ?? NO_LIMITS });
  const worker = await startWorker(emulator.url);
  const siteLine = await startSystemLine(() => worker.url);
  const nobody = "http://127.0.0.1:9";
  const site = await startSite({
    port: 0,
    bot: {
      apiUrl: `${options.siteTells === false ? nobody : siteLine.url}/api/v1/bots/1`,
      token: "dev-token",
    },
    botLink: `${emulator.url}/`,
    botStartLink: `${emulator.url}/t.me/${demoBot.username}`,
  });
  const line = await startSystemLine(() => site.url);
  await seedWorker(worker, line.url);
  const secret = await webhookSecret(worker.sealingKey, demoBot.id);
  const hook = `${worker.url}/telegram/${demoBot.id}`;
  await setWebhook({ botApi: emulator.url, token: demoBot.token, url: hook, secret });

  const telegram = telegramAt(emulator.url);
  return {
    worker,
    emulator,
    telegram,
    site: siteAt(site.url),
    line,
    siteLine,
    api: apiAt(worker.url),
    async person(id, identity = FAMILY[id] ?? { first_name: `Person ${id}` }) {
      await telegram.ask(`/users/${id}`, jsonRequest("PUT", identity));
      return personOf(telegram, id);
    },
    webhook: (body, given = secret) => post(hook, body, given),
    async close() {
      // Those who ask first: so that nobody's question goes unanswered into a log.
      for (const one of [site, siteLine, worker, line, emulator]) await one.close();
    },
  };
}

async function post(url: string, body: string, secret: string): Promise<number> {
  const headers = { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret };
  const response = await fetch(url, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}
