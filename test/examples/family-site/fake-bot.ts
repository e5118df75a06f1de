import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A call that reached the bot. */
export interface SeenCall {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly params: Record<string, unknown>;
}

/** What the bot answers next: an HTTP answer, or a cut connection. */
export type NextAnswer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | "cut";

/** A bot that remembers what it was asked and answers as the test says; `taken` when the test said nothing. */
export interface FakeBot {
  readonly url: string;
  readonly calls: SeenCall[];
  readonly answers: NextAnswer[];
  close(): Promise<void>;
}

/** Starts a bot on a free port. */
export async function fakeBot(): Promise<FakeBot> {
  const calls: SeenCall[] = [];
  const answers: NextAnswer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { script_request_params: params } = JSON.parse(Buffer.concat(chunks).toString());
    calls.push({ path: request.url ?? "", headers: request.headers, params });
    const next = answers.shift() ?? { body: taken(params.userIds?.length ?? 1) };
    if (next === "cut") return void request.socket.destroy();
    response.writeHead(next.status ?? 200, { "Content-Type": "application/json", ...next.headers });
    response.end(typeof next.body === "string" ? next.body : JSON.stringify(next.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/bots/1`,
    calls,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The bot's answer when it tells two of so many, or the one. */
export function taken(total: number) {
  const queued = Math.min(total, 2);
  const recipients = { total, queued, paused: 0, unlinked: total - queued, blocked: 0 };
  return { success: true, callId: "call-1", recipients };
}
