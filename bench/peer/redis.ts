import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { until } from "../world/condition.ts";

const PATIENCE = 10_000;
const SERVER = "redis-server";

/** A Redis for the bench alone. */
export interface Redis {
  readonly port: number;
  readonly pid: number;
  close(): Promise<void>;
}

/** Whether this machine has one (Debian: `apt install redis-server`). */
export function hasRedis(): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, SERVER)));
}

/** Starts a Redis that keeps nothing on disk, with its files in `folder`. */
export async function startRedis(folder: string): Promise<Redis> {
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const child = spawn(SERVER, [...args, "--save", "", "--appendonly", "no"], { stdio: "ignore" });
  const ended = once(child, "exit");
  await until("Redis", PATIENCE, () => answers(port));
  if (child.pid === undefined) throw new Error("Redis did not start");
  const close = async () => {
    child.kill();
    await ended;
  };
  return { port, pid: child.pid, close };
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const settle = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
