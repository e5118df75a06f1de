import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { botApi, type NodeBindings } from "./bot-api/routes.ts";
import { control } from "./control/routes.ts";
import { type BotOptions, CALLBACK_LIFETIME, DEMO_BOT, type EmulatorOptions } from "./options.ts";
import { PhoneLine } from "./phone-line.ts";
import { phonePage } from "./phone-page.ts";
import { openStore } from "./store/store.ts";
import { Faults } from "./traffic/faults.ts";
import { type Limits, SendLimiter, TELEGRAM_LIMITS } from "./traffic/send-limiter.ts";
import { Stats } from "./traffic/stats.ts";
import { Outbox } from "./updates/outbox.ts";
import { webhookWait } from "./updates/webhook-wait.ts";
import type { World } from "./world.ts";

/** Bot API: uploads are 50 MB at most, in bytes. */
const MOST_BODY = 50 * 1024 * 1024;

/** Longer than clients keep idle connections, so that none is cut the moment it is used again, ms. */
const IDLE_CONNECTION = 120_000;

/** A running emulator. */
export interface Emulator {
  /** Without a slash at the end; also the `apiRoot` for a Bot API client. */
  readonly url: string;
  readonly port: number;
  readonly bots: readonly BotOptions[];
  /** The inside, for seeding. */
  readonly world: World;
  /** Ends everything, open event lines too; the state in the file stays. A second call waits for the first. */
  close(): Promise<void>;
}

/** Starts a Telegram of one's own. Rejects with the system's error where the port is taken. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const limits = { ...TELEGRAM_LIMITS, ...options.limits };
  const closing = new AbortController();
  const world = makeWorld(options, limits, closing.signal);
  const server = createAdaptorServer({
    fetch: appOf(world, limits).fetch,
    serverOptions: { keepAliveTimeout: IDLE_CONNECTION },
  });
  const host = options.host ?? "127.0.0.1";
  try {
    server.listen(options.port, host);
    await once(server, "listening");
  } catch (error) {
    world.outbox.close();
    world.store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;

  async function end(): Promise<void> {
    closing.abort();
    world.outbox.close();
    const closed = new Promise((resolve) => server.close(resolve));
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
    world.store.close();
  }
  let ending: Promise<void> | null = null;
  const close = () => {
    ending ??= end();
    return ending;
  };
  return { url: `http://${host}:${port}`, port, bots: options.bots ?? [DEMO_BOT], world, close };
}

function makeWorld(options: EmulatorOptions, limits: Limits, closing: AbortSignal): World {
  const { now = Date.now, log = () => {}, bots = [DEMO_BOT] } = options;
  const store = openStore(bots, options.file);
  const stats = new Stats();
  return {
    store,
    stats,
    now,
    log,
    closing,
    phones: new PhoneLine(),
    outbox: new Outbox({ store, stats, now, log, wait: options.webhookWait ?? webhookWait }),
    limiter: new SendLimiter(limits),
    faults: new Faults(),
    callbackLifetime: options.callbackLifetime ?? CALLBACK_LIFETIME,
  };
}

function appOf(world: World, limits: Limits): Hono<{ Bindings: NodeBindings }> {
  const app = new Hono<{ Bindings: NodeBindings }>();
  app.use(bodyLimit({ maxSize: MOST_BODY }));
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.route("/emulator", control(world, limits));
  app.route("/", phonePage());
  app.route("/", botApi(world));
  app.notFound((c) => c.json({ ok: false, error_code: 404, description: "Not Found" }, 404));
  app.onError((error, c) => {
    world.log(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    return c.json({ ok: false, error_code: 500, description: "Internal Server Error" }, 500);
  });
  return app;
}
