import type { MessageEntity } from "grammy/types";
import { el } from "./dom.ts";

/** What a text can do when it is touched. */
export interface TextActions {
  /** Sends a command that stands in the text. */
  readonly command: (text: string) => void;
  /** Follows a link; gives whether it was taken care of, as a link to the bot itself is. */
  readonly link: (url: string) => boolean;
  /** Takes a code to the clipboard. */
  readonly copy: (code: string) => void;
}

/** The text as nodes, its entities nested; entities that only overlap are cut at the borders. */
export function richText(text: string, entities: readonly MessageEntity[], actions: TextActions): Node[] {
  return part(text, 0, text.length, [...entities], actions);
}

function part(
  text: string,
  from: number,
  to: number,
  entities: MessageEntity[],
  actions: TextActions,
): Node[] {
  const nodes: Node[] = [];
  const left = entities.filter((one) => one.offset < to && one.length > 0);
  let at = from;
  for (let first = left.shift(); first; first = left.shift()) {
    const start = Math.max(at, first.offset);
    const end = Math.min(to, first.offset + first.length);
    if (end <= start) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    const inside = left.filter((one) => one.offset < end).map((one) => clip(one, start, end));
    nodes.push(wrap(first, text.slice(start, end), part(text, start, end, inside, actions), actions));
    // A block ends its line by itself: the line break after it would show as an empty line.
    at = BLOCKS.has(first.type) && text[end] === "\n" && end < to ? end + 1 : end;
  }
  if (at < to) nodes.push(document.createTextNode(text.slice(at, to)));
  return nodes;
}

function clip(entity: MessageEntity, from: number, to: number): MessageEntity {
  const offset = Math.max(from, entity.offset);
  return { ...entity, offset, length: Math.min(to, entity.offset + entity.length) - offset };
}

const BLOCKS: ReadonlySet<MessageEntity["type"]> = new Set(["pre", "blockquote", "expandable_blockquote"]);

const TAGS: Partial<Record<MessageEntity["type"], keyof HTMLElementTagNameMap>> = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
};

function wrap(entity: MessageEntity, text: string, children: Node[], actions: TextActions): Node {
  if (entity.type === "text_link") return link(entity.url, children, actions);
  if (entity.type === "url")
    return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children, actions);
  if (entity.type === "email") return link(`mailto:${text}`, children, actions);
  if (entity.type === "bot_command") {
    return el(
      "button",
      { type: "button", class: "command", onclick: () => actions.command(text) },
      ...children,
    );
  }
  if (entity.type === "pre") {
    const language = entity.language;
    return el(
      "pre",
      {},
      language && el("span", { class: "language" }, language),
      code(text, children, actions),
    );
  }
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "expandable_blockquote") return folded(children);
  if (entity.type === "code") return code(text, children, actions);
  const tag = TAGS[entity.type];
  return el(tag ?? "span", tag ? {} : { class: entity.type }, ...children);
}

/** A tap copies it. No `button`, which would not break into lines as the text around it does. */
function code(text: string, children: Node[], actions: TextActions): Node {
  const copy = () => actions.copy(text);
  const onkeydown = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    copy();
  };
  const props = { role: "button", tabindex: "0", title: "Copy", onclick: copy, onkeydown };
  return el("code", props, ...children);
}

/** Only addresses a browser may safely open become links. */
export function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  return ["http:", "https:", "mailto:", "tel:", "tg:"].includes(new URL(url).protocol) ? url : null;
}

function link(url: string, children: Node[], actions: TextActions): Node {
  const href = safeUrl(url);
  if (href === null) return el("span", {}, ...children);
  const onclick = (event: Event) => {
    if (actions.link(href)) event.preventDefault();
  };
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", onclick }, ...children);
}

function spoiler(children: Node[]): Node {
  const shown = el(
    "button",
    { type: "button", class: "spoiler", "aria-label": "Hidden text, press to show" },
    ...children,
  );
  shown.addEventListener("click", () =>
    shown.replaceWith(el("span", { class: "revealed" }, ...shown.childNodes)),
  );
  return shown;
}

function folded(children: Node[]): Node {
  const quote = el("blockquote", { class: "folded", tabindex: "0", title: "Press to unfold" }, ...children);
  quote.addEventListener("click", () => quote.classList.toggle("folded"));
  return quote;
}
