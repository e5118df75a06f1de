import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { endGroup } from "../../scripts/processes/group.ts";

/** A site of docs/site-examples, in a language. */
export interface Example {
  readonly file: string;
  /** Says its version, where it is installed; `null` where it need not be looked for. */
  readonly needs: string | null;
  command(file: string, port: number): readonly [string, ...string[]];
}

/** The site in TypeScript, PHP and Python. */
export const examples: readonly Example[] = [
  {
    file: fileURLToPath(new URL("../../docs/site-examples/site.ts", import.meta.url)),
    needs: null,
    command: (file) => [process.execPath, file],
  },
  {
    file: fileURLToPath(new URL("../../docs/site-examples/site.php", import.meta.url)),
    needs: "php",
    command: (file, port) => ["php", "-S", `127.0.0.1:${port}`, file],
  },
  {
    file: fileURLToPath(new URL("../../docs/site-examples/site.py", import.meta.url)),
    needs: "python3",
    command: (file) => ["python3", file],
  },
];

/** The token that the bot shows the site. */
export const SITE_TOKEN = "what-the-bot-shows";
/** The token that the site shows the bot. */
export const API_TOKEN = "what-the-site-shows";
/** More than any of them takes to end when it is asked to. */
const GRACE_MS = 2_000;

/** A site that runs. */
export interface SmallSite {
  readonly url: string;
  /** Everything that it has written. */
  log(): string;
  close(): Promise<void>;
}

/** Starts a site; it may not answer yet. @param folder for what it keeps */
export async function smallSite(
  { file, command }: Example,
  botApi: string,
  folder: string,
): Promise<SmallSite> {
  const port = await freePort();
  const [program, ...args] = command(file, port);
  const env = {
    ...process.env,
    PORT: String(port),
    BOT_API: botApi,
    API_TOKEN,
    SITE_TOKEN,
    SITE_FILE: `${folder}/site.json`,
    BOT_LINK: "https://t.me/small_bot",
    PHP_CLI_SERVER_WORKERS: "3",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (written += part));
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => written,
    close: async () => {
      if (child.pid !== undefined) await endGroup(child.pid, GRACE_MS);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
