import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { telegram } from "../../channels/telegram/telegram.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What the Bot API was asked: which method, and with what. */
export interface BotApiCall {
  readonly method: string;
  readonly body: unknown;
}

/** A Bot API that answers every call so until the test ends, and a channel to it; `null` cuts the connection. */
export async function botApi(status: number, answer: object | string | null, type = "application/json") {
  const calls: BotApiCall[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    calls.push({ method: request.url?.split("/").at(-1) ?? "", body: JSON.parse(text) });
    if (answer === null) return request.socket.destroy();
    response.writeHead(status, { "content-type": type });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { channel: telegram({ apiRoot: `http://127.0.0.1:${port}`, token: "1:TEST", paid: false }), calls };
}
