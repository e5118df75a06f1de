import { z } from "zod";

/** Where the bot's API stands and what opens it. */
export interface BotAddress {
  /** For example `http://127.0.0.1:8787/api/v1/bots/1`. */
  readonly apiUrl: string;
  readonly token: string;
}

/** One call of the bot's API. */
export interface BotCall {
  readonly alias: string;
  /** JSON of `script_request_params`. */
  readonly params: string;
  /** Makes asking again safe; a question that changes nothing needs none. */
  readonly key?: string | undefined;
}

/** What came back: an HTTP answer (its body cut at 64 KiB), or nothing at all. */
export type BotReply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfter: string | null;
      readonly body: string;
    }
  | { readonly kind: "silence" };

/** Whom the bot is telling, as it answered (distinct people). */
export const Recipients = z.object({
  total: z.number().int(),
  queued: z.number().int(),
  paused: z.number().int().default(0),
  unlinked: z.number().int().default(0),
  blocked: z.number().int().default(0),
});
export type Recipients = z.infer<typeof Recipients>;

/** Longer than any call of the bot takes; the key makes giving up early harmless. */
const TIMEOUT_MS = 10_000;

/** More than any answer of the bot: what is beyond is not read. */
const ANSWER_BYTES = 64 * 1024;

/** Calls the bot once (requirements 1–3), until `stop`. Never throws: no answer is `silence`. */
export async function callBot(bot: BotAddress, call: BotCall, stop?: AbortSignal): Promise<BotReply> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(`${bot.apiUrl}/call/${call.alias}`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${bot.token}`,
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(call.key === undefined ? {} : { "Idempotency-Key": call.key }),
      },
      body: `{"script_request_params":${call.params}}`,
      // A redirect would carry the token to who knows where.
      redirect: "manual",
      signal: stop ? AbortSignal.any([stop, timeout]) : timeout,
    });
    const retryAfter = response.headers.get("retry-after");
    return { kind: "answer", status: response.status, retryAfter, body: await readSome(response) };
  } catch {
    return { kind: "silence" };
  }
}

async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
