import type { Contact } from "grammy/types";
import { present } from "../present.ts";
import type { Bot } from "../store/bots.ts";
import { type Message, withoutReply } from "../store/message.ts";
import { asChat, asUser, type Person } from "../store/people.ts";
import { seconds, type World } from "../world.ts";
import { ActError } from "./error.ts";
import { contentOf, type Said } from "./said.ts";

/** What a person sends, and to which message it is a reply. */
export type Writing = Said & { readonly reply_to_message_id?: number | undefined };

/** A person writes to a bot: the chat opens with their first message. Throws 404 or 409. */
export function write(
  world: World,
  person: Person,
  bot: Bot,
  { reply_to_message_id, ...said }: Writing,
): Message {
  const key = { bot: bot.id, user: person.id };
  const { chats, bots } = world.store;
  if (chats.state(key)?.blocked) throw new ActError(409, `user ${person.id} has blocked ${bot.username}`);
  const replied = reply_to_message_id === undefined ? null : chats.message(key, reply_to_message_id);
  if (reply_to_message_id !== undefined && !replied) {
    throw new ActError(404, `there is no message ${reply_to_message_id} to reply to`);
  }

  const message: Message = present({
    message_id: bots.nextMessageId(bot.id),
    from: asUser(person),
    chat: asChat(person),
    date: seconds(world),
    ...contentOf(world, said),
    reply_to_message: replied ? withoutReply(replied) : undefined,
  });
  chats.open(key);
  chats.put(key, message);
  world.phones.publish(person.id, { type: "message", bot: bot.username, message });
  settleKeyboard(world, person, bot);
  world.outbox.tell(bot, "message", message);
  return message;
}

/** The contact a person shares by the button: their own. Throws 400 where they have no phone. */
export function ownContact(person: Person): Contact {
  const { id, first_name, last_name, phone_number } = person;
  if (phone_number === undefined) throw new ActError(400, `user ${id} has no phone_number to share`);
  return present({ phone_number, first_name, last_name, user_id: id });
}

/** A wish for a reply ends with the next message, a one-time keyboard with its use. */
function settleKeyboard(world: World, person: Person, bot: Bot): void {
  const key = { bot: bot.id, user: person.id };
  const keyboard = world.store.chats.state(key)?.keyboard;
  if (!keyboard || !("force_reply" in keyboard || keyboard.one_time_keyboard)) return;
  world.store.chats.setKeyboard(key, null);
  world.phones.publish(person.id, { type: "chat", bot: bot.username, blocked: false, keyboard: null });
}
