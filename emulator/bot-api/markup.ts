import type { InlineKeyboardMarkup } from "grammy/types";
import { z } from "zod";
import { troubleWith } from "../mini-app/address.ts";
import type { Keyboard } from "../store/message.ts";
import { json, words } from "./call.ts";
import { badRequest } from "./error.ts";

/** Telegram takes no more buttons than that under one message. */
const MOST_BUTTONS = 100;
/** Bot API: `callback_data` has 1–64 bytes. */
const LONGEST_DATA = 64;

const InlineButton = z.looseObject({
  text: z.string(words(`can't parse inline keyboard button: Field "text" must be of type String`)),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  web_app: z.looseObject({ url: z.string() }).optional(),
});
const ReplyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.looseObject({ text: z.string(), request_contact: z.boolean().optional() }),
]);

const Inline = z.looseObject({ inline_keyboard: z.array(z.array(InlineButton)) });
const Reply = z.looseObject({
  keyboard: z.array(z.array(ReplyButton)),
  resize_keyboard: z.boolean().optional(),
  one_time_keyboard: z.boolean().optional(),
  is_persistent: z.boolean().optional(),
  input_field_placeholder: z.string().optional(),
});
const Remove = z.looseObject({ remove_keyboard: z.literal(true) });
const Force = z.looseObject({ force_reply: z.literal(true), input_field_placeholder: z.string().optional() });

/** `reply_markup` of the methods that send. */
export const ReplyMarkup = json(
  z.union([Inline, Reply, Remove, Force], words("can't parse reply keyboard markup JSON object")).optional(),
);
/** `reply_markup` of the methods that edit. */
export const InlineMarkup = json(
  z.union([Inline], words("can't parse inline keyboard markup JSON object")).optional(),
);

type Markup = z.output<typeof ReplyMarkup>;

/** What a markup does to the chat: buttons under the message, and a keyboard set, removed (`null`) or left alone. */
export interface ReadMarkup {
  readonly inline?: InlineKeyboardMarkup;
  readonly keyboard?: (message_id: number) => Keyboard | null;
}

/** Checks a markup as Telegram does. Throws 400. */
export function readMarkup(markup: Markup): ReadMarkup {
  if (!markup) return {};
  if ("inline_keyboard" in markup) return inlineKeyboard(markup as z.output<typeof Inline>);
  if ("remove_keyboard" in markup) return { keyboard: () => null };
  if ("force_reply" in markup && !("keyboard" in markup)) {
    const { input_field_placeholder: hint } = markup as z.output<typeof Force>;
    const wish = hint === undefined ? {} : { input_field_placeholder: hint };
    return { keyboard: (message_id) => ({ force_reply: true, message_id, ...wish }) };
  }
  const reply = markup as z.output<typeof Reply>;
  checkCount(reply.keyboard.flat().length);
  if (reply.keyboard.flat().some((button) => button.text === "")) {
    throw badRequest("can't parse keyboard button: Text must be non-empty");
  }
  return { keyboard: (message_id) => ({ ...reply, message_id }) as Keyboard };
}

function inlineKeyboard({ inline_keyboard }: z.output<typeof Inline>): ReadMarkup {
  const rows = inline_keyboard.filter((row) => row.length > 0);
  for (const button of rows.flat()) checkButton(button);
  checkCount(rows.flat().length);
  return rows.length === 0 ? {} : { inline: { inline_keyboard: rows } as InlineKeyboardMarkup };
}

function checkButton(button: z.output<typeof InlineButton>): void {
  const { text, callback_data: data, url, web_app } = button;
  if (text === "") throw badRequest("can't parse inline keyboard button: Text must be non-empty");
  checkKind(Object.keys(button).filter((key) => KINDS.has(key)));
  if (data !== undefined) {
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > LONGEST_DATA) throw badRequest("BUTTON_DATA_INVALID");
  }
  // Telegram refuses "http://localhost"; the local world lives there, so the emulator does not.
  if (url !== undefined && !URL.canParse(url)) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  const trouble = web_app ? troubleWith(web_app.url) : null;
  if (trouble !== null) {
    throw badRequest(`inline keyboard button Web App URL '${web_app?.url}' is invalid: ${trouble}`);
  }
}

/** Bot API: "exactly one of the fields". Telegram takes the first of two and is silent on the other. */
function checkKind(kinds: readonly string[]): void {
  if (kinds.length === 1) return;
  const trouble =
    kinds.length === 0
      ? "Text buttons are unallowed in the inline keyboard"
      : `exactly one of the fields ${kinds.join(", ")} must be used`;
  throw badRequest(`can't parse inline keyboard button: ${trouble}`);
}

/** What makes a button the kind it is (Bot API: InlineKeyboardButton). */
const KINDS: ReadonlySet<string> = new Set([
  "url",
  "callback_data",
  "web_app",
  "login_url",
  "switch_inline_query",
  "switch_inline_query_current_chat",
  "switch_inline_query_chosen_chat",
  "copy_text",
  "callback_game",
  "pay",
  "disabled",
]);

function checkCount(buttons: number): void {
  if (buttons > MOST_BUTTONS) throw badRequest("reply markup is too long");
}
