import type { z } from "zod";
import { SystemRefused, SystemUnavailable } from "../contract/errors.ts";

/** Where a main system's API is, and as whom it is asked. */
export interface SystemSettings {
  /** Without a slash at its end. */
  readonly url: string;
  /** Opened, for the moment of use. */
  readonly token: string;
}

/** One request to the main system. */
export interface SystemRequest<T> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  /** A key by which the system knows a repeated write: it is then done once. */
  readonly once?: string;
  readonly answer: z.ZodType<T>;
}

/** A system that has not answered by then counts as silent: a person waits, or a caller whose patience is often 10 s. */
const TIMEOUT_MS = 4_000;
/** How often a request is tried at once; what fails then is for later. */
const TRIES = 2;
/** No answer that is asked for here is larger. */
const LARGEST_ANSWER = 1024 * 1024;

/**
 * Asks the main system; `null` where it says that there is no such thing (404). Every request may be repeated: reads
 * change nothing, and writes carry their key.
 * @throws SystemUnavailable (silent, out of order, answering nonsense), SystemRefused (it said no)
 */
export async function askSystem<T>(settings: SystemSettings, request: SystemRequest<T>): Promise<T | null> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await askOnce(settings, request);
    } catch (error) {
      if (!(error instanceof SystemUnavailable) || tried >= TRIES) throw error;
    }
  }
}

/** Refusals that pass: a token being changed (401), a request that came too slowly, too early or too often. */
const PASSING = [401, 408, 425, 429];

async function askOnce<T>(settings: SystemSettings, request: SystemRequest<T>): Promise<T | null> {
  const { status, text } = await exchange(settings, request);
  if (status === 404) return null;
  if (status >= 500 || PASSING.includes(status))
    throw new SystemUnavailable(`The main system answered ${status}`);
  if (status >= 300) throw new SystemRefused(`The main system answered ${status}`, status);
  const answer = request.answer.safeParse(parseJson(text));
  if (!answer.success) throw new SystemUnavailable("The main system's answer has not its shape");
  return answer.data;
}

async function exchange(
  { url, token }: SystemSettings,
  { method, path, body, once }: SystemRequest<unknown>,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(once === undefined ? {} : { "idempotency-key": once }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
