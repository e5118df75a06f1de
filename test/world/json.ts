import { z } from "zod";

/** A JSON object of which a test names what it expects. */
export const JsonObject = z.record(z.string(), z.unknown());

/** A JSON object of which a test names what it expects. */
export type JsonObject = z.infer<typeof JsonObject>;

/** An HTTP answer with a body of JSON. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** Sends a request and reads the object that it is answered with. @throws where the answer is no JSON object */
export async function askJson(url: string, init: RequestInit = {}): Promise<JsonAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const read = JsonObject.safeParse(parsed(text));
  if (!read.success) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return { status: response.status, headers: response.headers, body: read.data };
}

/** A request with a body of JSON. */
export function jsonRequest(method: string, body: unknown): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
