import type { MessageEntity } from "grammy/types";
import { sortEntities } from "./entity-order.ts";
import { readReference } from "./html-reference.ts";
import { HtmlError, readTag, type Tag, unmatched } from "./html-tag.ts";
import { checkedLink } from "./link.ts";

/** A text and what is special in it; offsets and lengths in UTF-16 units, as everywhere in the Bot API. */
export interface FormattedText {
  readonly text: string;
  readonly entities: MessageEntity[];
}

type Open = { readonly tag: Tag; readonly offset: number };

/**
 * Reads HTML as `parse_mode: "HTML"` does: the known tags only, all of them closed and nested (Bot API: "HTML style";
 * the order of checks and the words of errors are those of tdlib's `parse_html`). Throws `HtmlError`.
 */
export function parseHtml(html: string): FormattedText {
  const open: Open[] = [];
  const entities: MessageEntity[] = [];
  let text = "";

  for (let i = 0; i < html.length; ) {
    const reference = html[i] === "&" ? readReference(html, i) : null;
    if (html[i] !== "<") {
      text += reference ? reference.text : html[i];
      i = reference ? reference.end : i + 1;
      continue;
    }
    const tag = readTag(html, i);
    if (tag.kind === "start") open.push({ tag, offset: text.length });
    else {
      const opened = open.pop();
      // An end tag without a name closes whatever is open.
      if (!opened || (tag.name !== "" && tag.name !== opened.tag.name)) {
        throw unmatched(html, i, tag.name, opened?.tag.name);
      }
      close(opened, text, entities);
    }
    i = tag.end;
  }

  const unclosed = open.at(-1);
  if (unclosed) throw new HtmlError(`Can't find end tag corresponding to start tag "${unclosed.tag.name}"`);
  if (!text.isWellFormed()) {
    throw new HtmlError("Text contains invalid Unicode characters after decoding HTML entities");
  }
  return { text, entities: sortEntities(entities.map(withoutLooseLanguage)) };
}

function close({ tag, offset }: Open, text: string, entities: MessageEntity[]): void {
  const length = text.length - offset;
  if (length === 0) return;
  const last = entities.at(-1);
  const same = last?.offset === offset && last.length === length;

  // <pre><code class="language-x"> is one entity, whichever of the two is outside.
  if (tag.name === "pre" && same && last.type === "code" && "language" in last) {
    entities.splice(-1, 1, { type: "pre", offset, length, language: String(last.language) });
  } else if (tag.name === "code" && same && last.type === "pre" && tag.argument) {
    entities.splice(-1, 1, { type: "pre", offset, length, language: tag.argument });
  } else {
    const entity = entityOf(tag, offset, length, text.slice(offset));
    if (entity) entities.push(entity);
  }
}

function entityOf(tag: Tag, offset: number, length: number, inside: string): MessageEntity | null {
  if (tag.name === "a") {
    const url = checkedLink(tag.argument || inside);
    return url ? { type: "text_link", offset, length, url } : null;
  }
  if (tag.name === "code") {
    return {
      type: "code",
      offset,
      length,
      ...(tag.argument ? { language: tag.argument } : {}),
    } as MessageEntity;
  }
  if (tag.name === "blockquote" && tag.expandable) return { type: "expandable_blockquote", offset, length };
  const type = SIMPLE.get(tag.name);
  return type ? { type, offset, length } : null;
}

/** A language on `<code>` counts inside `<pre>` alone. */
function withoutLooseLanguage(entity: MessageEntity): MessageEntity {
  const { type, offset, length } = entity;
  return type === "code" ? { type, offset, length } : entity;
}

type Simple = "bold" | "italic" | "strikethrough" | "underline" | "spoiler" | "pre" | "blockquote";

const SIMPLE: ReadonlyMap<string, Simple> = new Map([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["s", "strikethrough"],
  ["strike", "strikethrough"],
  ["del", "strikethrough"],
  ["u", "underline"],
  ["ins", "underline"],
  ["tg-spoiler", "spoiler"],
  ["span", "spoiler"],
  ["pre", "pre"],
  ["blockquote", "blockquote"],
]);
