import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

/** What is wrong with whoever is asked. */
export type Trouble =
  | { readonly kind: "slow"; readonly ms: number }
  /** The connection is cut without a word. */
  | { readonly kind: "cut" }
  /** Does what it is asked, and cuts the connection before it has said so. */
  | { readonly kind: "cut-after" }
  | { readonly kind: "answers"; readonly status: number; readonly body: string };

/** A request that has passed. */
export interface SeenRequest {
  readonly method: string;
  /** With its query, without `/api`. */
  readonly path: string;
  readonly body: string;
  readonly key: string | undefined;
}

/**
 * The line between the bot and the main system, one for each direction: passes everything on, keeps a record, and can
 * be disturbed.
 */
export interface SystemLine {
  /** Stands for the own address of whoever is asked. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Disturbs requests whose path begins so, until `well`. */
  disturb(path: string, trouble: Trouble): void;
  /** Ends all disturbances. */
  well(): void;
  /** How many requests of this method and exact path there were. */
  asked(method: string, path: string): number;
  close(): Promise<void>;
}

/** Starts a line to somebody whose address `whom` tells once it is known. */
export async function startSystemLine(whom: () => string): Promise<SystemLine> {
  const requests: SeenRequest[] = [];
  const troubles = new Map<string, Trouble>();
  const closing = new AbortController();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const body = await text(request);
    const path = url.replace(/^\/api/, "");
    const key = headers["idempotency-key"];
    requests.push({ method, path, body, key: typeof key === "string" ? key : undefined });
    const trouble = [...troubles].find(([start]) => path.startsWith(start))?.[1];
    if (trouble?.kind === "slow") await pause(trouble.ms, undefined, { signal: closing.signal });
    if (trouble?.kind === "cut") return void request.socket.destroy();
    if (trouble?.kind === "answers")
      return void response.writeHead(trouble.status, JSON_TYPE).end(trouble.body);

    const passed = await fetch(`${whom()}${url}`, {
      method,
      headers: passedOn(headers),
      ...(body === "" ? {} : { body }),
    });
    const answer = await passed.text();
    if (trouble?.kind === "cut-after") return void request.socket.destroy();
    response.writeHead(passed.status, { ...JSON_TYPE, ...waitOf(passed) }).end(answer);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    disturb: (path, trouble) => void troubles.set(path, trouble),
    well: () => troubles.clear(),
    asked: (method, path) => requests.filter((one) => one.method === method && one.path === path).length,
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };

/** How long to wait, where that was said. */
function waitOf({ headers }: Response): Record<string, string> {
  const wait = headers.get("retry-after");
  return wait === null ? {} : { "Retry-After": wait };
}

const PASSED_ON = ["authorization", "content-type", "idempotency-key"];

function passedOn(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}
