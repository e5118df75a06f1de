import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, vi } from "vitest";
import { smsGatewayOf } from "../../channels/sms/gateways.ts";
import type { SmsGateway } from "../../contract/ports.ts";
import type { SmsKind } from "../../contract/sms.ts";

/** A request as it came over the wire. */
export interface Seen {
  /** "POST /sms/send" */
  readonly line: string;
  /** The address as the gateway's adapter wrote it: which host, and whether it is https. */
  readonly address: string;
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** How a gateway of a test answers its `nth` request (from 1). */
export type Answering = (response: ServerResponse, seen: Seen) => void;

/** Credentials of nobody, in the shape of each gateway's. */
export const CREDENTIALS: Readonly<Record<SmsKind, Readonly<Record<string, string>>>> = {
  "sms.ru": { apiId: "0A0A0A0A-1B1B-2C2C-3D3D-4E4E4E4E4E4E" },
  twilio: { accountSid: `AC${"a1".repeat(16)}`, authToken: "b2".repeat(16), from: "+15005550006" },
  emulator: {},
};

/** Every kind of gateway there is, for tests that hold for all. */
export const KINDS = Object.keys(CREDENTIALS) as SmsKind[];

const servers: Server[] = [];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) stop(server);
});

/**
 * Starts a gateway on this machine until the test ends, in the place of the one that the adapter addresses: only the
 * beginning of the address is changed, everything else goes over the wire as it is.
 */
export async function gatewayThat(
  kind: SmsKind,
  answer: Answering,
  credentials: Readonly<Record<string, string>> = CREDENTIALS[kind],
): Promise<{ gateway: SmsGateway; seen: Seen[]; close: () => Promise<void> }> {
  const seen: Seen[] = [];
  let address = "";
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { "content-type": type, authorization } = request.headers;
    const one = { line: `${request.method} ${request.url}`, address, type, authorization, body };
    seen.push(one);
    answer(response, one);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const realFetch = globalThis.fetch;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    address = url;
    return realFetch(url.replace(/^https?:\/\/[^/]+/, here), init);
  });
  return {
    gateway: smsGatewayOf(kind, {
      credentials: JSON.stringify(credentials),
      telegramApiRoot: "http://bot-api.test",
    }),
    seen,
    close: () => stop(server),
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

/** Answers with a status and JSON. */
export function json(status: number, body: unknown): Answering {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
}

/** Answers with a status and text. */
export function text(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answering {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}
