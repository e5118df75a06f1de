import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { endAfterTest, type Json } from "./world-kit.ts";

/** An update as it reached the webhook. */
export interface Received {
  readonly update: Json & { update_id: number };
  readonly headers: IncomingHttpHeaders;
}

/** A webhook that answers as told and keeps what it got; ended after the test. */
export async function webhook(answer: (received: Received) => number | Promise<number> = () => 200) {
  const received: Received[] = [];
  let changed = () => {};
  const server = createServer(async (request, response) => {
    const one = { update: JSON.parse(await text(request)), headers: request.headers };
    received.push(one);
    changed();
    response.writeHead(await answer(one)).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  endAfterTest({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    /** The texts of the messages received so far. */
    texts: () => received.map((one) => (one.update.message as { text?: string } | undefined)?.text),
    /** Resolves with the first so many, once they came. */
    async got(count: number): Promise<Received[]> {
      while (received.length < count) await new Promise<void>((resolve) => (changed = resolve));
      return received.slice(0, count);
    },
  };
}
