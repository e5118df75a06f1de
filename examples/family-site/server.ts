import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { apiRoutes } from "./api/routes.ts";
import type { BotAddress } from "./bot/call.ts";
import { outboxSender, type Sender } from "./bot/sender.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Database, openDatabase } from "./data/database.ts";
import { pageRoutes } from "./pages/routes.ts";
import { seed } from "./seed/seed.ts";
import type { Site } from "./site.ts";

/** How to start a site. */
export interface SiteOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The database file; without it everything is forgotten at the end. */
  readonly file?: string | undefined;
  readonly bot: BotAddress;
  /** What the bot must show at `/api`. */
  readonly apiToken?: string | undefined;
  /** This site as the bot and the family reach it; its own local address unless given. */
  readonly publicUrl?: string | undefined;
  /** Where the family finds the bot. */
  readonly botLink?: string | undefined;
  /** The link that opens a chat with the bot, `https://t.me/<bot>` in real life. */
  readonly botStartLink?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly log?: ((message: string, details?: unknown) => void) | undefined;
}

/** A site that runs. */
export interface RunningSite {
  readonly url: string;
  readonly port: number;
  /** Ends everything; what is not yet sent stays in the file for the next start. */
  close(): Promise<void>;
}

/** The site has no passwords (anyone may act as anyone), so only this machine may reach it. */
const HOST = "127.0.0.1";

/** Starts the site, seeding an empty database. Throws (`EADDRINUSE`) where the port is taken. */
export async function startSite(options: SiteOptions): Promise<RunningSite> {
  const { clock = systemClock, log = () => {} } = options;
  const db = openDatabase(options.file ?? ":memory:");
  let server: ServerType | null = null;
  try {
    seed(db, clock.now());
    let url = "";
    const sender = outboxSender({ db, clock, bot: options.bot, log });
    const site: Site = {
      db,
      clock,
      log,
      bot: options.bot,
      apiToken: options.apiToken ?? "dev-site-token",
      botLink: options.botLink ?? "http://127.0.0.1:8081/",
      botStartLink: options.botStartLink ?? "http://127.0.0.1:8081/t.me/beseda_demo_bot",
      publicUrl: () => options.publicUrl ?? url,
      wakeOutbox: sender.wake,
    };
    server = createAdaptorServer({ fetch: application(site).fetch });
    const port = await listen(server, options.port);
    url = `http://${HOST}:${port}`;
    sender.wake();
    return { url, port, close: closing(server, sender, db) };
  } catch (error) {
    server?.close();
    db.close();
    throw error;
  }
}

function application(site: Site): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => {
    site.db.one("SELECT 1");
    return c.json({ ok: true });
  });
  app.route("/api", apiRoutes(site));
  app.mount("/", pageRoutes(site).fetch);
  return app;
}

function listen(server: ServerType, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function closing(server: ServerType, sender: Sender, db: Database): () => Promise<void> {
  let closed: Promise<void> | null = null;
  const close = async () => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    if ("closeAllConnections" in server) server.closeAllConnections();
    await Promise.all([ended, sender.stop()]);
    db.close();
  };
  return () => {
    closed ??= close();
    return closed;
  };
}
