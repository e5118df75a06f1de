import type { InlineKeyboardButton } from "grammy/types";
import type { PhoneEvent } from "../phone-line.ts";
import type { Message } from "../store/message.ts";
import type { Line } from "./api.ts";
import type { Notices } from "./notice.ts";
import { safeUrl } from "./rich-text.ts";

/** How long a button shows that the bot has not answered, ms. */
const LONGEST_WAIT = 15_000;

/** What a bot answered to a tap. */
type Answer = Extract<PhoneEvent, { type: "answer" }>;

/** Where the address of a button goes. */
export interface Opens {
  /** May take care of a link, as of one to the bot itself; gives whether it did. */
  readonly link: (url: string) => boolean;
  /** Shows a page of the bot over the chat. */
  readonly app: (url: string) => void;
}

/** Taps on inline buttons, and what the bot says to them. */
export interface Taps {
  /** Taps a button. Rejects with what went wrong. */
  tap(
    message: Message,
    button: InlineKeyboardButton,
    element: HTMLButtonElement,
    opens: Opens,
  ): Promise<void>;
  /** Takes the bot's answer. */
  answer(answer: Answer): void;
}

/** No taps yet. */
export function taps(to: Line, notice: Notices): Taps {
  const waiting = new Map<string, HTMLButtonElement>();
  /** Answers that came before the tap's own did. */
  const early = new Set<string>();

  function settle(id: string): void {
    waiting.get(id)?.classList.remove("waiting");
    waiting.delete(id);
  }

  return {
    async tap(message, button, element, opens) {
      element.classList.add("waiting");
      const unwait = () => element.classList.remove("waiting");
      const key = "callback_data" in button ? (button.callback_data ?? button.text) : button.text;
      const { url, callback_query_id: id } = await to.tap(key, message.message_id).catch((error: unknown) => {
        unwait();
        throw error;
      });
      if (url !== undefined) {
        unwait();
        if ("web_app" in button) opens.app(url);
        else follow(url, opens.link);
      } else if (id !== undefined && !early.delete(id)) {
        waiting.set(id, element);
        setTimeout(() => settle(id), LONGEST_WAIT);
      } else unwait();
    },
    answer({ callback_query_id: id, text, show_alert, url }) {
      if (waiting.has(id)) settle(id);
      else early.add(id);
      if (text && show_alert) notice.alert(text);
      else if (text) notice.toast(text);
      if (url) follow(url, () => false);
    },
  };
}

function follow(url: string, link: (url: string) => boolean): void {
  const safe = safeUrl(url);
  if (safe !== null && !link(safe)) window.open(safe, "_blank", "noopener");
}
