import type { MessageEntity } from "grammy/types";
import { sortEntities } from "./entity-order.ts";

type Found = "bot_command" | "mention" | "hashtag" | "email" | "url";

/** What Telegram finds in plain text by itself. Earlier ones win where two overlap. */
const PATTERNS: readonly (readonly [Found, RegExp])[] = [
  ["url", /(?<![\w@])(?:https?:\/\/|www\.|t\.me\/)[^\s<>"«»]*[^\s<>"«».,:;!?)\]}'…]/giu],
  ["email", /(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/giu],
  ["bot_command", /(?<![\p{L}\d_/<>@:.])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\p{L}\d_/])/giu],
  ["mention", /(?<![\p{L}\d_@])@[a-z0-9_]{3,32}(?![\p{L}\d_])/giu],
  ["hashtag", /(?<![\p{L}\d_#])#[\p{L}\d_]*\p{L}[\p{L}\d_]*/gu],
];

/** Inside these Telegram looks for nothing. */
const OPAQUE: ReadonlySet<string> = new Set(["code", "pre", "text_link"]);

/** The entities already known and those that stand in the text by themselves: commands, addresses, mentions, hashtags. */
export function withWrittenEntities(text: string, known: readonly MessageEntity[]): MessageEntity[] {
  const taken = known.filter((entity) => OPAQUE.has(entity.type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (![...taken, ...found].some((other) => overlap(entity, other))) found.push(entity);
    }
  }
  return sortEntities([...known, ...found]);
}

function overlap(a: { offset: number; length: number }, b: { offset: number; length: number }): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
