import { z } from "zod";
import { present } from "../present.ts";
import { botUser } from "../store/bots.ts";
import { type Message, withoutReply } from "../store/message.ts";
import { asChat } from "../store/people.ts";
import { seconds, type World } from "../world.ts";
import { type Call, Flag, json, Whole } from "./call.ts";
import { badRequest, tooManyRequests } from "./error.ts";
import { type ReadMarkup, ReplyMarkup, readMarkup } from "./markup.ts";
import { type TargetChat, targetChat } from "./target-chat.ts";

/** The parameters that all methods that send have. */
export const SendParams = z.looseObject({
  chat_id: z.union([z.string(), z.number()]).optional(),
  reply_markup: ReplyMarkup,
  reply_parameters: json(
    z.looseObject({ message_id: Whole, allow_sending_without_reply: Flag.optional() }).optional(),
  ),
  reply_to_message_id: Whole.optional(),
  allow_sending_without_reply: Flag.optional(),
  allow_paid_broadcast: Flag.optional(),
});

/** What a message says: its text, photo, …. */
export type Content = Partial<Message>;

/**
 * Sends a message: finds the chat, keeps to the limits, then asks for the content, which may have to be fetched.
 * Throws what Telegram would; a refused message leaves no trace.
 */
export async function send(
  world: World,
  call: Call,
  params: z.output<typeof SendParams>,
  content: () => Content | Promise<Content>,
): Promise<Message> {
  const markup = readMarkup(params.reply_markup);
  const chat = targetChat(world, call.bot, params.chat_id);
  const replied = repliedMessage(world, chat, params);
  takeLeave(world, call, chat, params.allow_paid_broadcast ?? false);
  return write(world, call, chat, markup, { ...(await content()), ...replied });
}

function repliedMessage(world: World, chat: TargetChat, params: z.output<typeof SendParams>): Content {
  const id = params.reply_parameters?.message_id ?? params.reply_to_message_id;
  if (!id) return {};
  const replied = world.store.chats.message(chat.key, id);
  if (replied) return { reply_to_message: withoutReply(replied) };
  if (params.reply_parameters?.allow_sending_without_reply ?? params.allow_sending_without_reply) return {};
  throw badRequest("message to be replied not found");
}

function takeLeave(world: World, { bot }: Call, { key }: TargetChat, paid: boolean): void {
  const now = world.now();
  const leave = world.limiter.take({ bot: bot.id, chat: key.user, paid }, now);
  world.stats.tried(bot.username, key.user, now, leave.ok ? null : leave.by);
  if (!leave.ok) throw tooManyRequests(leave.retryAfter);
}

function write(
  world: World,
  { bot }: Call,
  { key, person }: TargetChat,
  markup: ReadMarkup,
  content: Content,
): Message {
  const message: Message = present({
    message_id: world.store.bots.nextMessageId(bot.id),
    from: botUser(bot),
    chat: asChat(person),
    date: seconds(world),
    ...content,
    reply_markup: markup.inline,
  });
  world.store.chats.put(key, message);
  world.stats.sent(world.now());
  world.phones.publish(key.user, { type: "message", bot: bot.username, message });
  if (markup.keyboard) setKeyboard(world, bot, key, markup.keyboard(message.message_id));
  return message;
}

function setKeyboard(
  world: World,
  bot: Call["bot"],
  key: TargetChat["key"],
  keyboard: ReturnType<NonNullable<ReadMarkup["keyboard"]>>,
) {
  world.store.chats.setKeyboard(key, keyboard);
  world.phones.publish(key.user, { type: "chat", bot: bot.username, blocked: false, keyboard });
}
