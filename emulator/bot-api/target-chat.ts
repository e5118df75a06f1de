import type { Bot } from "../store/bots.ts";
import type { ChatKey } from "../store/chats.ts";
import type { Person } from "../store/people.ts";
import type { World } from "../world.ts";
import { badRequest, forbidden } from "./error.ts";

/** A chat that a bot may write to. */
export interface TargetChat {
  readonly key: ChatKey;
  readonly person: Person;
}

/** The chat of that id, blocked or not. Throws 400 where the bot knows none. */
export function knownChat(
  world: World,
  bot: Bot,
  chatId: unknown,
): TargetChat & { opened: boolean; blocked: boolean } {
  if (chatId === undefined || chatId === "") throw badRequest("chat_id is empty");
  const id = Number(chatId);
  const person = Number.isSafeInteger(id) ? world.store.people.find(id) : null;
  if (!person) throw badRequest("chat not found");
  const key = { bot: bot.id, user: person.id };
  const state = world.store.chats.state(key);
  return { key, person, opened: state !== null, blocked: state?.blocked ?? false };
}

/** The chat of that id, if the bot may write there. Throws 400 or 403. */
export function targetChat(world: World, bot: Bot, chatId: unknown): TargetChat {
  const chat = knownChat(world, bot, chatId);
  if (!chat.opened) throw forbidden("bot can't initiate conversation with a user");
  if (chat.blocked) throw forbidden("bot was blocked by the user");
  return chat;
}
