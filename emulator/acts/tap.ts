import { createHash } from "node:crypto";
import type { InlineKeyboardButton } from "grammy/types";
import type { Bot } from "../store/bots.ts";
import type { ChatKey } from "../store/chats.ts";
import type { Message } from "../store/message.ts";
import { asUser, type Person } from "../store/people.ts";
import type { World } from "../world.ts";
import { ActError } from "./error.ts";
import { openMiniApp } from "./mini-app.ts";
import { ownContact, write } from "./write.ts";

/** What came of a tap: a query to the bot, an address to open, or a message sent. */
export type Tapped =
  | { readonly callback_query_id: string }
  | { readonly url: string }
  | { readonly message: Message };

/**
 * A person taps a button: one under the message, by its text or its data, or one of the reply keyboard, by its text.
 * Throws 404 where there is none such, 409 for a bot they blocked.
 */
export function tap(world: World, person: Person, bot: Bot, button: string, messageId?: number): Tapped {
  const key = { bot: bot.id, user: person.id };
  if (world.store.chats.state(key)?.blocked) {
    throw new ActError(409, `user ${person.id} has blocked ${bot.username}`);
  }
  const messages = shownMessages(world, key, messageId);
  for (const message of messages) {
    const tapped = buttonsOf(message).find((one) => one.text === button || dataOf(one) === button);
    if (tapped) return tapInline(world, person, bot, message, tapped);
  }
  return tapKeyboard(world, person, bot, button) ?? notThere(button, messages);
}

/** The message meant, or all of them, newest first. */
function shownMessages(world: World, key: ChatKey, messageId?: number): Message[] {
  if (messageId === undefined) return world.store.chats.messages(key, { after: 0, since: 0 }).reverse();
  const message = world.store.chats.message(key, messageId);
  if (!message) throw new ActError(404, `there is no message ${messageId}`);
  return [message];
}

function tapInline(
  world: World,
  person: Person,
  bot: Bot,
  message: Message,
  button: InlineKeyboardButton,
): Tapped {
  if ("url" in button) return { url: button.url };
  if ("web_app" in button) return { url: openMiniApp(world, person, bot, button.web_app.url) };
  const data = dataOf(button);
  if (data === undefined) throw new ActError(400, `the button "${button.text}" has no data, url or web_app`);
  const key = { bot: bot.id, user: person.id };
  const id = world.store.callbacks.add(key, world.now());
  world.outbox.tell(bot, "callback_query", {
    id,
    from: asUser(person),
    message,
    chat_instance: instanceOf(key),
    data,
  });
  return { callback_query_id: id };
}

function tapKeyboard(world: World, person: Person, bot: Bot, text: string): Tapped | null {
  const keyboard = world.store.chats.state({ bot: bot.id, user: person.id })?.keyboard;
  if (!keyboard || "force_reply" in keyboard) return null;
  const button = keyboard.keyboard.flat().find((one) => (typeof one === "string" ? one : one.text) === text);
  if (button === undefined) return null;
  if (typeof button === "object" && "request_contact" in button && button.request_contact) {
    return {
      message: write(world, person, bot, {
        contact: ownContact(person),
        ...repliedKeyboard(world, person, bot),
      }),
    };
  }
  return { message: write(world, person, bot, { text }) };
}

/** A shared contact replies to the message that asked for it, while that is there. */
function repliedKeyboard(world: World, person: Person, bot: Bot): { reply_to_message_id?: number } {
  const key = { bot: bot.id, user: person.id };
  const asked = world.store.chats.state(key)?.keyboard?.message_id;
  return asked !== undefined && world.store.chats.message(key, asked) ? { reply_to_message_id: asked } : {};
}

function notThere(button: string, messages: readonly Message[]): never {
  const there = messages.flatMap(buttonsOf).map((one) => `"${one.text}"`);
  throw new ActError(
    404,
    `there is no button "${button}"${there.length > 0 ? `; there are: ${there.join(", ")}` : ""}`,
  );
}

function buttonsOf(message: Message): InlineKeyboardButton[] {
  return message.reply_markup?.inline_keyboard.flat() ?? [];
}

function dataOf(button: InlineKeyboardButton): string | undefined {
  return "callback_data" in button ? button.callback_data : undefined;
}

/** Bot API: `chat_instance`, an opaque number that stands for the chat. */
function instanceOf({ bot, user }: ChatKey): string {
  return createHash("sha256").update(`${bot}/${user}`).digest().readBigInt64BE().toString();
}
