import { answerCallbackQuery } from "./answer-callback.ts";
import * as bot from "./bot-methods.ts";
import type { Method } from "./call.ts";
import * as chat from "./chat-methods.ts";
import * as edit from "./edit-message.ts";
import { getFile } from "./get-file.ts";
import { setChatMenuButton } from "./menu-button.ts";
import { sendDocument, sendPhoto, sendVoice } from "./send-file.ts";
import { sendLocation } from "./send-location.ts";
import { sendMessage } from "./send-message.ts";
import * as updates from "./update-methods.ts";

const METHODS: Readonly<Record<string, Method>> = {
  ...bot,
  ...chat,
  ...edit,
  ...updates,
  setChatMenuButton,
  sendMessage,
  sendPhoto,
  sendDocument,
  sendVoice,
  sendLocation,
  getFile,
  answerCallbackQuery,
};

const BY_LOWER_CASE = new Map(
  Object.entries(METHODS).map(([name, run]) => [name.toLowerCase(), { name, run }]),
);

/** The method of that name, in any case as Telegram reads it. */
export function findMethod(name: string): { name: string; run: Method } | null {
  return BY_LOWER_CASE.get(name.toLowerCase()) ?? null;
}
