import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove } from "grammy/types";
import type { Api } from "grammy/web";
import type { OutButton, OutMessage } from "../../contract/message.ts";

/** What every message of a bot is sent with. */
export interface SendOptions {
  readonly allow_paid_broadcast?: boolean;
}

/** Sends one piece by the method that what it carries has. @throws whatever grammY does */
export function sendPiece(
  api: Api,
  chat: number,
  { html, picture, attachment, buttons, keyboard }: OutMessage,
  sendOptions: SendOptions,
): Promise<Message> {
  const markup = replyMarkup(buttons, keyboard);
  const options = { ...sendOptions, ...(markup ? { reply_markup: markup } : {}) };
  const format = { parse_mode: "HTML" as const };
  const caption = { ...format, ...options, ...(html === "" ? {} : { caption: html }) };
  switch (attachment?.kind) {
    case "location":
      return api.sendLocation(chat, attachment.latitude, attachment.longitude, options);
    case "document":
      return api.sendDocument(chat, attachment.source, caption);
    case "voice":
      return api.sendVoice(chat, attachment.source, caption);
  }
  if (picture) return api.sendPhoto(chat, picture, caption);
  return api.sendMessage(chat, html, { ...format, ...options, link_preview_options: { is_disabled: true } });
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
  const { label: text } = button;
  if ("data" in button) return { text, callback_data: button.data };
  if ("url" in button) return { text, url: button.url };
  return opensHere(button.app) ? { text, web_app: { url: button.app } } : { text, url: button.app };
}

/** Telegram opens pages of https alone in itself (Bot API: WebAppInfo); the emulator, those of this machine too. */
function opensHere(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost";
}
