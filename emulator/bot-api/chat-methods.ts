import { z } from "zod";
import { asChat } from "../store/people.ts";
import { seconds } from "../world.ts";
import { type Method, readParams, Whole } from "./call.ts";
import { badRequest } from "./error.ts";
import { knownChat, targetChat } from "./target-chat.ts";

/** Bot API: a message can be deleted for 48 hours, s. */
const DELETABLE_FOR = 48 * 3600;

const ChatParams = z.looseObject({ chat_id: z.union([z.string(), z.number()]).optional() });
const MessageParams = ChatParams.extend({ message_id: Whole.optional() });
const ActionParams = ChatParams.extend({ action: z.string().optional() });

/** Bot API: sendChatAction. */
export const sendChatAction: Method = (world, call) => {
  const { chat_id, action } = readParams(ActionParams, call);
  if (!action || !ACTIONS.has(action)) throw badRequest("wrong parameter action in request");
  const { key } = targetChat(world, call.bot, chat_id);
  world.phones.publish(key.user, { type: "action", bot: call.bot.username, action });
  return { result: true };
};

const ACTIONS: ReadonlySet<string> = new Set([
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
]);

/** Bot API: deleteMessage; in a private chat a bot may delete what the person wrote, too. */
export const deleteMessage: Method = (world, call) => {
  const { chat_id, message_id } = readParams(MessageParams, call);
  const { key } = targetChat(world, call.bot, chat_id);
  const message = message_id === undefined ? null : world.store.chats.message(key, message_id);
  if (!message) throw badRequest("message to delete not found");
  if (seconds(world) - message.date > DELETABLE_FOR)
    throw badRequest("message can't be deleted for everyone");

  world.store.chats.remove(key, message.message_id);
  world.phones.publish(key.user, { type: "deleted", bot: call.bot.username, message_id: message.message_id });
  return { result: true };
};

/** Bot API: getChat, of a chat that the bot has. */
export const getChat: Method = (world, call) => {
  const chat = knownChat(world, call.bot, readParams(ChatParams, call).chat_id);
  if (!chat.opened) throw badRequest("chat not found");
  const names = chat.person.username === undefined ? {} : { active_usernames: [chat.person.username] };
  return { result: { ...asChat(chat.person), ...names, accent_color_id: 0, max_reaction_count: 11 } };
};
