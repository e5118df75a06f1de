import type { z } from "zod";
import { SystemRefused, SystemUnavailable } from "../contract/errors.ts";

/** Where a main system's API is, and as whom it is asked. */
export interface SystemAccess {
  /** Without a slash at its end. */
  readonly url: string;
  /** Opened, for the moment of use. */
  readonly token: string;
}

/** One request to the main system, as it goes over the wire. */
export interface Exchange {
  readonly method: "GET" | "POST";
  /** From the root of the API. */
  readonly address: string;
  readonly body?: unknown;
  /** A key by which the system knows a repeated write: it is then done once. */
  readonly once?: string;
}

/** A request, and the shape of its answer. */
export interface SystemRequest<T> extends Exchange {
  readonly answer: z.ZodType<T>;
}

/** A system that has not answered by then counts as silent: a person waits, or a caller whose patience is often 10 s. */
export const TIMEOUT_MS = 4_000;
/** How often a request is tried at once; what fails then is for later. */
export const TRIES = 2;
/** Characters of the largest answer: nothing that is asked for here is larger. */
export const LARGEST_ANSWER = 1024 * 1024;

/** Refusals that pass: a token being changed (401), a request that came too slowly, too early or too often. */
export const PASSING: readonly number[] = [401, 408, 425, 429];

/**
 * Asks the main system; `null` where it says that there is no such thing (404). Every request may be repeated: reads
 * change nothing, and writes carry their key.
 * @throws SystemUnavailable (silent, out of order, answering nonsense), SystemRefused (it said no)
 */
export async function askSystem<T>(access: SystemAccess, request: SystemRequest<T>): Promise<T | null> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await askOnce(access, request);
    } catch (error) {
      if (!(error instanceof SystemUnavailable) || tried >= TRIES) throw error;
    }
  }
}

async function askOnce<T>(access: SystemAccess, request: SystemRequest<T>): Promise<T | null> {
  const { status, text } = await exchange(access, request);
  if (status === 404) return null;
  if (status >= 500 || PASSING.includes(status))
    throw new SystemUnavailable(`The main system answered ${status}`);
  if (status >= 300) throw new SystemRefused(`The main system answered ${status}`, status);
  const answer = request.answer.safeParse(parsedJson(text));
  if (!answer.success) throw new SystemUnavailable("The main system's answer has not its shape");
  return answer.data;
}

/**
 * Sends one request, and reads what comes back, whatever it is.
 * @throws SystemUnavailable where nothing came in time, or far too much
 */
export async function exchange(
  { url, token }: SystemAccess,
  { method, address, body, once }: Exchange,
  timeoutMs: number = TIMEOUT_MS,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(`${url}${address}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(once === undefined ? {} : { "idempotency-key": once }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await boundedText(response) };
  } catch (cause) {
    if (cause instanceof SystemUnavailable) throw cause;
    throw new SystemUnavailable("The main system did not answer", { cause });
  }
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > LARGEST_ANSWER) throw new SystemUnavailable("The main system's answer is too large");
  }
  return text + decoder.decode();
}

/** What a text says as JSON; `undefined` where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
