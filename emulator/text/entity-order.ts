import type { MessageEntity } from "grammy/types";

/** Entities as Telegram gives them: by place, and the longer one first where two begin together. */
export function sortEntities(entities: readonly MessageEntity[]): MessageEntity[] {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}
