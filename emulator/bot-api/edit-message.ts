import { z } from "zod";
import { present } from "../present.ts";
import type { Message } from "../store/message.ts";
import { seconds, type World } from "../world.ts";
import { type Call, type Method, readParams, Text, Whole } from "./call.ts";
import { badRequest } from "./error.ts";
import { captionText, Entities, messageText } from "./formatted.ts";
import { InlineMarkup, readMarkup } from "./markup.ts";
import { targetChat } from "./target-chat.ts";

const EditParams = z.looseObject({
  chat_id: z.union([z.string(), z.number()]).optional(),
  message_id: Whole.optional(),
  reply_markup: InlineMarkup,
  text: Text.optional(),
  caption: Text.optional(),
  parse_mode: z.string().optional(),
  entities: Entities,
  caption_entities: Entities,
});

/** Bot API: editMessageText. Buttons that are not given again go. */
export const editMessageText: Method = (world, call) => {
  const params = readParams(EditParams, call);
  const { text, entities } = messageText(params.text, params);
  const change = (message: Message) => {
    if (message.text === undefined) throw badRequest("there is no text in the message to edit");
    return { text, entities: entities.length > 0 ? entities : undefined };
  };
  return { result: edit(world, call, params, change) };
};

/** Bot API: editMessageCaption. Buttons that are not given again go. */
export const editMessageCaption: Method = (world, call) => {
  const params = readParams(EditParams, call);
  const format = { parse_mode: params.parse_mode, entities: params.caption_entities };
  const { text, entities } = captionText(params.caption, format);
  const change = (message: Message) => {
    const { photo, document, voice } = message;
    if (!photo && !document && !voice) throw badRequest("there is no caption in the message to edit");
    return { caption: text || undefined, caption_entities: entities.length > 0 ? entities : undefined };
  };
  return { result: edit(world, call, params, change) };
};

/** Bot API: editMessageReplyMarkup. */
export const editMessageReplyMarkup: Method = (world, call) => {
  return { result: edit(world, call, readParams(EditParams, call), () => ({})) };
};

type Changed = { [K in keyof Message]?: Message[K] | undefined };

function edit(
  world: World,
  { bot }: Call,
  params: z.output<typeof EditParams>,
  change: (message: Message) => Changed,
): Message {
  const { inline } = readMarkup(params.reply_markup);
  const { key } = targetChat(world, bot, params.chat_id);
  if (params.message_id === undefined) throw badRequest("message identifier is not specified");
  const message = world.store.chats.message(key, params.message_id);
  if (!message) throw badRequest("message to edit not found");
  if (message.from.id !== bot.id) throw badRequest("message can't be edited");

  const edited = present({ ...message, ...change(message), reply_markup: inline }) as Message;
  if (sameContent(message, edited)) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  edited.edit_date = seconds(world);
  world.store.chats.put(key, edited);
  world.phones.publish(key.user, { type: "message", bot: bot.username, message: edited });
  return edited;
}

function sameContent(a: Message, b: Message): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ text, entities, caption, caption_entities, reply_markup }: Message): string {
  return JSON.stringify([text, entities, caption, caption_entities, reply_markup]);
}
