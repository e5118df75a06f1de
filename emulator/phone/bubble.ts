import type { Contact, Document, InlineKeyboardButton, Location, PhotoSize } from "grammy/types";
import type { Message } from "../store/message.ts";
import { el, icon } from "./dom.ts";
import { richText, type TextActions } from "./rich-text.ts";
import { clockTime, colour, fileSize, fullName, initials, phoneNumber, summary } from "./words.ts";

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
  const { text, entities, photo, caption, caption_entities, contact, location, document, reply_to_message } =
    message;
  const words = text ?? caption;
  return [
    reply_to_message && quote(reply_to_message, actions),
    photo && picture(photo),
    document && documentCard(document),
    contact && contactCard(contact),
    location && locationCard(location),
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

function picture(sizes: PhotoSize[]): Node | null {
  const largest = sizes.at(-1);
  if (!largest) return null;
  const src = `/emulator/files/${largest.file_id}`;
  const { width, height } = largest;
  const image = el("img", { src, width, height, alt: "Photo" });
  return el("a", { class: "picture", href: src, target: "_blank", rel: "noopener" }, image);
}

function card(round: HTMLElement, title: Node | string, line: string): Node {
  return el("div", { class: "card" }, round, el("div", {}, el("b", {}, title), el("span", {}, line)));
}

function contactCard(contact: Contact): Node {
  const name = fullName(contact);
  const round = el(
    "div",
    { class: `avatar ${colour(contact.user_id ?? 0)}`, "aria-hidden": "true" },
    initials(name),
  );
  return card(round, name, phoneNumber(contact.phone_number));
}

function documentCard(document: Document): Node {
  const href = `/emulator/files/${document.file_id}`;
  const name = el("a", { href, target: "_blank", rel: "noopener" }, document.file_name ?? "File");
  return card(el("div", { class: "avatar tint-4" }, icon("file")), name, fileSize(document.file_size ?? 0));
}

function locationCard({ latitude, longitude }: Location): Node {
  return card(el("div", { class: "avatar tint-0" }, icon("place")), "Location", `${latitude}, ${longitude}`);
}

function inlineKeyboard(message: Message, actions: MessageActions): Node {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const button = (one: InlineKeyboardButton) => {
    const away = "url" in one;
    const made = el(
      "button",
      { type: "button", class: away ? "away" : null, onclick: () => actions.tap(message, one, made) },
      el("span", {}, one.text),
      away && icon("out"),
    );
    return made;
  };
  const drawn = rows.map((row) => el("div", { class: "button-row" }, ...row.map(button)));
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": "Buttons" }, ...drawn);
}
