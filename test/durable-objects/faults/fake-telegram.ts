import { type Left, type Network, telegramRefuses } from "../../workers/network.ts";
import { type Fault, takes } from "./model.ts";

/** Answers that no Bot API gives; each may come after the message was taken. */
const NONSENSE = [
  "<html>",
  "null",
  '{"ok":true}',
  "{}",
  "[]",
  '{"ok":false}',
  '"yes"',
  '{"ok":true,"result":null}',
];

/** A request that is to be struck. */
interface Strike {
  readonly fault: Fault;
  /** Of the Bot API. */
  readonly method: string;
  /** Which of the chat's messages, where it is one. */
  readonly words: string;
  /** Whether its answer waits until it is let go, whatever it is; a slow one always does. */
  readonly isHeld: boolean;
}

/** A strike that was ordered. */
interface Ordered extends Strike {
  /** Holds its answer. */
  readonly gate: PromiseWithResolvers<void>;
  /** What Telegram is still to take, though whoever sent it may be gone by then. */
  slow: Left["body"] | null;
}

/** One chat as it really is. */
class Chat {
  readonly texts: string[] = [];
  acknowledged = 0;
  isBlocked = false;
  strike: Ordered | null = null;
  hasStruck = false;
  /** The buttons of its messages: their data by their label. */
  readonly buttons = new Map<string, string>();
}

/**
 * Telegram as a test sees it: it alone knows what is in each chat, and it strikes one request of a chat as it was told
 * to. Chats have numbers of their own across all bots; the id of a tap is that of its chat.
 */
export class FakeTelegram {
  readonly #chats = new Map<number, Chat>();
  #lastMessage = 0;
  #lastNonsense = 0;

  constructor(network: Network) {
    network.answerers.unshift((left) => this.#answer(left));
  }

  /** What is in a chat, oldest first. */
  texts(chat: number): readonly string[] {
    return this.#chat(chat).texts;
  }

  /** How many taps in a chat were acknowledged. */
  acknowledged(chat: number): number {
    return this.#chat(chat).acknowledged;
  }

  /** What the newest button with this label carries. */
  button(chat: number, label: string): string | undefined {
    return this.#chat(chat).buttons.get(label);
  }

  /** Strikes the next request to a chat that fits. */
  strike(chat: number, strike: Strike): void {
    this.#chat(chat).strike = { ...strike, gate: Promise.withResolvers(), slow: null };
  }

  /** Whether the strike has fallen. To be asked again and again: an object may not resolve what a test waits for. */
  hasStruck(chat: number): boolean {
    return this.#chat(chat).hasStruck;
  }

  /** Lets what is held go: a slow request is taken, and an answer that was to be held is given. */
  letGo(id: number): void {
    const chat = this.#chat(id);
    const { strike } = chat;
    if (!strike) return;
    if (strike.slow) this.#take(chat, strike.slow);
    strike.slow = null;
    strike.gate.resolve();
  }

  /** The person lets the bot in again. */
  unblock(chat: number): void {
    this.#chat(chat).isBlocked = false;
  }

  #answer(left: Left): Response | Promise<Response> | undefined {
    const { url, body } = left;
    if (url.host !== "telegram.test") return undefined;
    const method = url.pathname.split("/").at(-1) ?? "";
    const chat = this.#chat(Number(body.chat_id ?? body.callback_query_id));
    if (chat.isBlocked && method !== "answerCallbackQuery") return blocked();
    const { strike } = chat;
    const isStruck = strike?.method === method && String(body.text ?? "").includes(strike.words);
    if (!strike || !isStruck || chat.hasStruck) return this.#take(chat, body);
    chat.hasStruck = true;
    return this.#struck(chat, strike, body);
  }

  async #struck(chat: Chat, strike: Ordered, body: Left["body"]): Promise<Response> {
    const { fault, isHeld, gate } = strike;
    if (fault === "slow") strike.slow = body;
    else if (takes(fault)) this.#take(chat, body);
    if (fault === "403" && body.text !== undefined) chat.isBlocked = true;
    if (isHeld || fault === "slow") await gate.promise;
    // On a busy machine it may have been let go before it was struck.
    if (strike.slow) this.#take(chat, strike.slow);
    strike.slow = null;
    return this.#answerTo(fault);
  }

  #answerTo(fault: Fault): Response {
    switch (fault) {
      case "cut before":
      case "cut after":
      case "slow":
        throw new TypeError("Network connection lost.");
      case "429":
        return telegramRefuses(429, "Too Many Requests: retry after 1", { retry_after: 1 });
      case "500":
        return telegramRefuses(500, "Internal Server Error");
      case "403":
        return blocked();
      case "nonsense":
        return this.#nonsense();
    }
  }

  #nonsense(): Response {
    this.#lastNonsense += 1;
    return new Response(NONSENSE[this.#lastNonsense % NONSENSE.length]);
  }

  #take(chat: Chat, { text, reply_markup }: Left["body"]): Response {
    if (text === undefined) {
      chat.acknowledged += 1;
      return Response.json({ ok: true, result: true });
    }
    chat.texts.push(String(text));
    for (const { text: label, callback_data } of buttonsIn(reply_markup)) {
      if (callback_data !== undefined) chat.buttons.set(label, callback_data);
    }
    this.#lastMessage += 1;
    return Response.json({ ok: true, result: { message_id: this.#lastMessage } });
  }

  #chat(id: number): Chat {
    const known = this.#chats.get(id) ?? new Chat();
    this.#chats.set(id, known);
    return known;
  }
}

function blocked(): Response {
  return telegramRefuses(403, "Forbidden: bot was blocked by the user");
}

function buttonsIn(markup: unknown): readonly { text: string; callback_data?: string }[] {
  const { inline_keyboard = [] } = (markup ?? {}) as {
    inline_keyboard?: { text: string; callback_data?: string }[][];
  };
  return inline_keyboard.flat();
}
