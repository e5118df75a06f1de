import type { FormattedText } from "./html.ts";

/** The text without space around it, as Telegram stores it, and the entities moved along; emptied ones are dropped. */
export function trimmed({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.map((entity) => {
    const from = Math.max(0, entity.offset - start);
    const to = Math.min(kept.length, entity.offset + entity.length - start);
    return { ...entity, offset: from, length: to - from };
  });
  return { text: kept, entities: moved.filter((entity) => entity.length > 0) };
}
