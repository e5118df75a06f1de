/** A "no" of the Bot API: HTTP status, `error_code` and description as Telegram writes them. */
export class BotApiError extends Error {
  override readonly name = "BotApiError";
  readonly status: number;
  readonly retryAfter: number | null;

  constructor(status: number, description: string, retryAfter: number | null = null) {
    super(description);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** 400 "Bad Request: …". */
export function badRequest(what: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${what}`);
}

/** 403 "Forbidden: …". */
export function forbidden(what: string): BotApiError {
  return new BotApiError(403, `Forbidden: ${what}`);
}

/** 429, to be tried again after that many seconds. */
export function tooManyRequests(seconds: number): BotApiError {
  return new BotApiError(429, `Too Many Requests: retry after ${seconds}`, seconds);
}
