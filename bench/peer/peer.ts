import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Person } from "../../emulator/store/people.ts";
import { TEXT } from "../notice/text.ts";
import { PACES, type PaceName } from "../world/beseda.ts";
import { inTime } from "../world/condition.ts";
import { BOTS, type Telegram } from "../world/telegram.ts";
import type { PeerNews, PeerSettings } from "./messages.ts";
import { startRedis } from "./redis.ts";

/** Its broadcast is given up on after this, ms. */
const PATIENCE = 300_000;
/** Of 25, 50, 100 and 200 the one that was fastest here; more only wait for each other. */
const CONCURRENCY = 50;

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

/** The stack that people would build instead, running: Node, grammY, BullMQ on Redis. */
export interface Peer {
  readonly processes: readonly number[];
  /** Sends everybody a message; seconds until the last one was in its chat. Throws where one was given up. */
  notify(people: readonly Person[]): Promise<number>;
  close(): Promise<void>;
}

/** Starts it in a process of its own, with a Redis of its own. */
export async function startPeer(telegram: Telegram, pace: PaceName): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "beseda-peer-"));
  const redis = await startRedis(folder);
  const { perSecond, isPaid } = PACES[pace];
  const settings: PeerSettings = {
    redisPort: redis.port,
    apiRoot: telegram.emulator.url,
    token: BOTS.peer.token,
    concurrency: CONCURRENCY,
    perSecond: pace === "none" ? null : perSecond,
    isPaid,
  };
  const child = fork(MAIN, [JSON.stringify(settings)]);
  await news(child, "ready");
  if (child.pid === undefined) throw new Error("The peer did not start");
  const close = async () => {
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const notify = (people: readonly Person[]) => sendAll(child, telegram, people);
  return { processes: [child.pid, redis.pid], notify, close };
}

async function sendAll(child: ChildProcess, telegram: Telegram, people: readonly Person[]): Promise<number> {
  const delivery = telegram.delivery(people, "peer");
  const done = news(child, "done");
  const began = performance.now();
  child.send({ chats: people.map(({ id }) => id), text: TEXT });
  const { failed } = await inTime("the end of the peer's jobs", PATIENCE, done);
  if (failed > 0) throw new Error(`The peer gave up ${failed} messages`);
  return ((await delivery.last) - began) / 1000;
}

/** The next news of this kind. Rejects where the process ends before it comes. */
function news<K extends PeerNews["kind"]>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<PeerNews, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: unknown) => {
      const told = message as PeerNews;
      if (told.kind !== kind) return;
      child.off("message", listen);
      resolve(told as Extract<PeerNews, { kind: K }>);
    };
    child.on("message", listen);
    child.once("exit", (code) => reject(new Error(`The peer ended with ${code}`)));
  });
}
