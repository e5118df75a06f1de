import type { InlineKeyboardButton } from "grammy/types";
import type { Message } from "../store/message.ts";
import { attachments } from "./attachments.ts";
import { el, icon } from "./dom.ts";
import { richText, type TextActions } from "./rich-text.ts";
import { clockTime, fullName, summary } from "./words.ts";

/** What can be done to a message. */
export interface MessageActions extends TextActions {
  readonly reply: (message: Message) => void;
  readonly show: (messageId: number) => void;
  readonly tap: (message: Message, button: InlineKeyboardButton, element: HTMLButtonElement) => void;
}

/** A message as Telegram shows it: the bubble, and its buttons under it. */
export function bubble(message: Message, actions: MessageActions): HTMLElement {
  const own = !message.from.is_bot;
  const label = `${own ? "You" : message.from.first_name}, ${clockTime(message.date)}`;
  const replyTo = el(
    "button",
    {
      type: "button",
      class: "reply-to",
      "aria-label": "Reply",
      title: "Reply",
      onclick: () => actions.reply(message),
    },
    icon("reply"),
  );
  return el(
    "article",
    {
      class: `message ${own ? "own" : "theirs"}`,
      "aria-label": label,
      "data-testid": `message-${message.message_id}`,
      "data-message-id": message.message_id,
    },
    el(
      "div",
      { class: "row" },
      el("div", { class: bubbleClass(message) }, ...content(message, actions)),
      replyTo,
    ),
    message.reply_markup && inlineKeyboard(message, actions),
  );
}

function bubbleClass({ photo, caption, reply_to_message }: Message): string {
  if (!photo) return "bubble";
  return `bubble with-photo${caption ? "" : " bare"}${reply_to_message ? " with-quote" : ""}`;
}

function content(message: Message, actions: MessageActions): Node[] {
  const { text, entities, caption, caption_entities, reply_to_message } = message;
  const words = text ?? caption;
  return [
    reply_to_message && quote(reply_to_message, actions),
    ...attachments(message),
    words && el("div", { class: "text" }, ...richText(words, entities ?? caption_entities ?? [], actions)),
    footer(message),
  ].filter((node) => node instanceof Node);
}

function footer({ from, date, edit_date }: Message): Node {
  const time = el("time", { datetime: new Date(date * 1000).toISOString() }, clockTime(date));
  return el(
    "div",
    { class: "footer" },
    edit_date !== undefined && "edited ",
    time,
    from.is_bot ? null : ticks(),
  );
}

function ticks(): SVGElement {
  const drawn = icon("ticks");
  drawn.classList.add("ticks");
  return drawn;
}

function quote(replied: Message, actions: MessageActions): Node {
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => actions.show(replied.message_id) },
    el("b", {}, replied.from.is_bot ? replied.from.first_name : fullName(replied.from)),
    el("span", {}, summary(replied)),
  );
}

function inlineKeyboard(message: Message, actions: MessageActions): Node {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const button = (one: InlineKeyboardButton) => {
    const sign = "url" in one ? icon("out") : "web_app" in one && icon("app");
    const onclick = () => actions.tap(message, one, made);
    const made = el("button", { type: "button", onclick }, el("span", {}, one.text), sign);
    return made;
  };
  const drawn = rows.map((row) => el("div", { class: "button-row" }, ...row.map(button)));
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": "Buttons" }, ...drawn);
}
