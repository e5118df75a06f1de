import { vi } from "vitest";

/** A request that left the Worker. */
export interface Left {
  readonly method: string;
  readonly url: URL;
  readonly body: Record<string, unknown>;
}

/** Answers a request to a test's own outside; `undefined` leaves it to the next. */
export type Answerer = (request: Left) => Response | Promise<Response> | undefined;

/**
 * The outside as the Worker sees it, in place of `fetch`: Telegram takes every message, the main system knows what
 * it is told, and everything that left is written down. A test puts its own answers before these.
 */
export class Network {
  readonly left: Left[] = [];
  readonly answerers: Answerer[] = [];
  #lastMessage = 0;

  constructor() {
    vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) =>
      this.#fetch(new Request(input, init)),
    );
  }

  /** Calls of one method of the Bot API, in order. */
  calls(method: string): readonly Left[] {
    return this.left.filter(({ url }) => url.host === "telegram.test" && url.pathname.endsWith(`/${method}`));
  }

  /** Texts of the messages that Telegram took for a chat, in order. */
  texts(chat: number): readonly string[] {
    return this.left
      .filter(({ url, body }) => url.host === "telegram.test" && body.chat_id === chat)
      .map(({ body }) => String(body.text ?? body.caption ?? ""));
  }

  async #fetch(request: Request): Promise<Response> {
    const text = await request.text();
    const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
    const left = { method: request.method, url: new URL(request.url), body };
    this.left.push(left);
    for (const answer of this.answerers) {
      const response = answer(left);
      if (response) return response;
    }
    return left.url.host === "telegram.test"
      ? this.#telegram()
      : Response.json({ error: "unknown" }, { status: 404 });
  }

  #telegram(): Response {
    this.#lastMessage += 1;
    return Response.json({ ok: true, result: { message_id: this.#lastMessage } });
  }
}

/** Telegram refuses, as it does. */
export function telegramRefuses(code: number, description: string, parameters?: object): Response {
  return Response.json({ ok: false, error_code: code, description, parameters }, { status: code });
}
