import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

/** A request as it came over the wire. */
export interface Seen {
  /** "GET /api/user?userId=1" */
  readonly line: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly token: string | undefined;
}

/** How a main system of a test answers its `nth` request (from 1). */
export type Answering = (response: ServerResponse, seen: Seen, nth: number) => void;

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a main system on a free port until the test ends; `url` is the root of its API. */
export async function systemServer(answer: Answering): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { authorization, "idempotency-key": key } = request.headers;
    const one = {
      line: `${request.method} ${request.url}`,
      body,
      key: key?.toString(),
      token: authorization,
    };
    seen.push(one);
    answer(response, one, seen.length);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, seen };
}

/** Answers with a status and JSON. */
export function json(status: number, body: unknown): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
}
