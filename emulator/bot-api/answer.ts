import { answersItself, type Fault } from "../traffic/faults.ts";
import type { Reply } from "./call.ts";
import { BotApiError } from "./error.ts";

/** An answer ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A method's reply as Telegram sends it. */
export function replied({ result, description }: Reply): Answer {
  return { status: 200, body: JSON.stringify({ ok: true, result, description }) };
}

/** A "no" as Telegram sends it. Anything but a `BotApiError` is the emulator's own mistake and is thrown on. */
export function refused(error: unknown): Answer {
  if (!(error instanceof BotApiError)) throw error;
  return failure(error.status, error.message, error.retryAfter);
}

/** What a fault answers in a method's stead; `null` where it lets the method answer. */
export function faulty(fault: Fault): Answer | null {
  if (!answersItself(fault)) return null;
  if (fault.body !== undefined) return { status: fault.status ?? 200, body: fault.body };
  const status = fault.status ?? 429;
  const retryAfter = fault.retry_after ?? null;
  const usual = status === 429 ? `Too Many Requests: retry after ${retryAfter ?? 1}` : USUAL.get(status);
  return failure(
    status,
    fault.description ?? usual ?? "Internal Server Error",
    retryAfter ?? (status === 429 ? 1 : null),
  );
}

function failure(error_code: number, description: string, retryAfter: number | null): Answer {
  const parameters = retryAfter === null ? undefined : { retry_after: retryAfter };
  return { status: error_code, body: JSON.stringify({ ok: false, error_code, description, parameters }) };
}

const USUAL: ReadonlyMap<number, string> = new Map([
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden: bot was blocked by the user"],
  [404, "Not Found"],
  [502, "Bad Gateway"],
]);
