import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from "grammy/types";
import { Api } from "grammy/web";
import type { OutButton, OutMessage } from "../../contract/message.ts";
import type { Channel } from "../../contract/ports.ts";
import { fetchBotApi, inOurWords } from "./errors.ts";
import { LONGEST_CAPTION, LONGEST_NOTE, LONGEST_TEXT } from "./limits.ts";
import { lengthOf, split } from "./split.ts";

/** Where a bot's messages go, and as whom. */
export interface TelegramSettings {
  /** The Bot API's root: Telegram's own, or an emulator's. */
  readonly apiRoot: string;
  readonly token: string;
}

/** A request that has no answer by then has no known end. */
const TIMEOUT_S = 20;

/** Telegram, with the token of one bot. */
export function telegram({ apiRoot, token }: TelegramSettings): Channel {
  const api = new Api(token, {
    apiRoot,
    timeoutSeconds: TIMEOUT_S,
    fetch: fetchBotApi,
  });
  return {
    pieces,
    async send(externalId, piece) {
      const sent = await sendPiece(api, Number(externalId), piece).catch(rethrow);
      return { messageId: String(sent.message_id) };
    },
    async answerTap(tapId, note) {
      const text = note === undefined ? {} : { text: note.slice(0, LONGEST_NOTE) };
      await api.answerCallbackQuery(tapId, text).catch(rethrow);
    },
  };
}

function rethrow(error: unknown): never {
  throw inOurWords(error);
}

function sendPiece(api: Api, chat: number, { html, picture, buttons, keyboard }: OutMessage) {
  const markup = replyMarkup(buttons, keyboard);
  const options = { parse_mode: "HTML" as const, ...(markup ? { reply_markup: markup } : {}) };
  if (!picture)
    return api.sendMessage(chat, html, { ...options, link_preview_options: { is_disabled: true } });
  return api.sendPhoto(chat, picture, html === "" ? options : { ...options, caption: html });
}

/** Cuts a message to Telegram's limits. A text too long for a caption follows its picture. */
function pieces(message: OutMessage): readonly OutMessage[] {
  const { html, picture, ...last } = message;
  if (picture && lengthOf(html) <= LONGEST_CAPTION) return [message];
  const texts = split(html, LONGEST_TEXT);
  const parts: OutMessage[] = texts.map((text, at) =>
    at === texts.length - 1 ? { html: text, ...last } : { html: text },
  );
  return picture ? [{ html: "", picture }, ...parts] : parts;
}

function replyMarkup(
  buttons: OutMessage["buttons"],
  keyboard: OutMessage["keyboard"],
): InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | undefined {
  if (keyboard === "remove") return { remove_keyboard: true };
  if (keyboard) {
    return { keyboard: [[{ text: keyboard.askContact, request_contact: true }]], resize_keyboard: true };
  }
  return buttons && { inline_keyboard: buttons.map((row) => row.map(inlineButton)) };
}

function inlineButton(button: OutButton) {
  return "url" in button
    ? { text: button.label, url: button.url }
    : { text: button.label, callback_data: button.data };
}
