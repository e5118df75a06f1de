import type {
  Chat,
  Contact,
  Document,
  InlineKeyboardMarkup,
  LinkPreviewOptions,
  Location,
  MessageEntity,
  PhotoSize,
  ReplyKeyboardMarkup,
  User,
  Voice,
} from "grammy/types";

/** Telegram's `Message`, as far as the emulator makes them. */
export interface Message {
  message_id: number;
  from: User;
  chat: Chat.PrivateChat;
  date: number;
  edit_date?: number;
  text?: string;
  entities?: MessageEntity[];
  photo?: PhotoSize[];
  document?: Document;
  voice?: Voice;
  location?: Location;
  contact?: Contact;
  caption?: string;
  caption_entities?: MessageEntity[];
  reply_to_message?: Message;
  link_preview_options?: LinkPreviewOptions;
  reply_markup?: InlineKeyboardMarkup;
}

/** What stands at the bottom of the phone's chat: a reply keyboard, or the wish for a reply. */
export type Keyboard =
  | (ReplyKeyboardMarkup & { message_id: number })
  | { force_reply: true; message_id: number; input_field_placeholder?: string };

/** Bot API: a replied message does not show its own reply. */
export function withoutReply({ reply_to_message: _, ...message }: Message): Message {
  return message;
}
