import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a site has asked. */
export interface Asked {
  readonly alias: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
}

/** What is answered: a body with 200, another status, or nothing, the connection cut. */
export type Told = Readonly<Record<string, unknown>> | number | "cut";

/** The bot's API, as far as an example of a site is told what it answers. */
export interface SmallBot {
  readonly url: string;
  /** The oldest first. */
  readonly asked: Asked[];
  /** Answers the next question of this alias so. */
  tells(alias: string, told: Told): void;
  close(): Promise<void>;
}

/** Starts it on a free port. A question that it was not told the answer of is answered with 500. */
export async function smallBot(): Promise<SmallBot> {
  const asked: Asked[] = [];
  const answers = new Map<string, Told[]>();
  const server = createServer(async (request, response) => {
    const question = await read(request);
    asked.push(question);
    const told = answers.get(question.alias)?.shift() ?? 500;
    if (told === "cut") return void request.socket.destroy();
    const [status, body] = typeof told === "number" ? [told, { success: false }] : [200, told];
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/bots/1`,
    asked,
    tells: (alias, told) => void answers.set(alias, [...(answers.get(alias) ?? []), told]),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const { authorization, "idempotency-key": key } = request.headers;
  const alias = (request.url ?? "").replace("/api/v1/bots/1/call/", "");
  return { alias, params: JSON.parse(body).script_request_params, key: key?.toString(), authorization };
}
