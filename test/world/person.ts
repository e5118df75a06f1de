import { z } from "zod";
import { jsonRequest } from "./json.ts";
import type { Telegram } from "./telegram.ts";
import { SOON, until } from "./until.ts";

const Button = z.looseObject({ text: z.string() });

const Message = z.looseObject({
  message_id: z.number(),
  from: z.looseObject({ is_bot: z.boolean() }),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(z.looseObject({ file_id: z.string() })).optional(),
  document: z.looseObject({ file_id: z.string(), file_name: z.string().optional() }).optional(),
  voice: z.looseObject({ file_id: z.string(), duration: z.number() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  entities: z.array(z.looseObject({ type: z.string() })).optional(),
  caption_entities: z.array(z.looseObject({ type: z.string() })).optional(),
  reply_markup: z.looseObject({ inline_keyboard: z.array(z.array(Button)) }).optional(),
});

/** A message as a phone shows it. */
export type Message = z.infer<typeof Message>;

const Chat = z.object({ messages: z.array(Message), revision: z.number(), keyboard: z.unknown() });
const Written = z.object({ message: z.object({ message_id: z.number() }) });
const Tapped = z.looseObject({ answer: z.looseObject({ text: z.string().optional() }).nullish() });

/** Somebody else's number, as it is in one's address book. */
export interface Contact {
  readonly phone_number: string;
  readonly first_name: string;
  readonly user_id?: number;
}

/** A file on one's phone; `data` is its bytes in base64. */
export interface PhoneFile {
  readonly data: string;
  readonly name?: string;
  readonly mime_type?: string;
  readonly caption?: string;
}

/** What one sends that is not words. */
export type Attachment =
  | { readonly photo: PhoneFile }
  | { readonly document: PhoneFile }
  | { readonly voice: PhoneFile & { readonly duration?: number } }
  | { readonly location: { readonly latitude: number; readonly longitude: number } };

/** The words of a message, under a picture or alone. */
export function wordsOf(message: Message): string {
  return message.text ?? message.caption ?? "";
}

/** The labels of the buttons under a message. */
export function buttonsOf(message: Message): readonly string[] {
  return message.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
}

/** A person with a phone: what they do and what they see. */
export type Person = ReturnType<typeof personOf>;

/** The person with this id in Telegram, who is known there. */
export function personOf(telegram: Telegram, id: number) {
  const { ask, bot } = telegram;
  const path = `/users/${id}`;
  const send = async (body: object) =>
    Written.parse(await ask(`${path}/messages`, jsonRequest("POST", { bot, ...body }))).message.message_id;
  const chat = async () => Chat.parse(await ask(`${path}/chat?bot=${bot}`));
  const heard = async () => (await chat()).messages.filter(({ from }) => from.is_bot);

  /** Waits for a message of the bot after `after` that has these words, and returns it. */
  async function sees(words: string | RegExp, { after = 0, within = SOON } = {}): Promise<Message> {
    const fits = (message: Message) =>
      message.message_id > after &&
      (typeof words === "string" ? wordsOf(message).includes(words) : words.test(wordsOf(message)));
    const seen = await until(`person ${id} sees ${words}`, heard, (messages) => messages.some(fits), within);
    return seen.find(fits) ?? fail();
  }

  return {
    id,
    sees,
    /** What the bot has sent so far, oldest first. */
    heard,
    /** How many messages of the bot have these words. */
    count: async (words: string) => (await heard()).filter((one) => wordsOf(one).includes(words)).length,
    /** The keyboard in place of the letters, or `null`. */
    keyboard: async () => (await chat()).keyboard,
    /** Writes, and returns the id of the message. */
    say: (text: string, replyTo?: number) =>
      send({ text, ...(replyTo === undefined ? {} : { reply_to_message_id: replyTo }) }),
    /** Sends a photo, a document, a voice message or a place, and returns the id of the message. */
    attach: (what: Attachment, replyTo?: number) =>
      send({ ...what, ...(replyTo === undefined ? {} : { reply_to_message_id: replyTo }) }),
    /** Shares their own contact, or one of their address book. */
    share: (contact: true | Contact = true) => send({ contact }),
    /** Taps a button, waits for the bot's answer to that, and returns its note. */
    async tap(button: string, messageId?: number): Promise<string | null> {
      const body = { bot, button, wait: SOON, ...(messageId === undefined ? {} : { message_id: messageId }) };
      const { answer } = Tapped.parse(await ask(`${path}/taps`, jsonRequest("POST", body)));
      return answer?.text ?? null;
    },
    block: () => ask(`${path}/block`, jsonRequest("POST", { bot })),
    unblock: () => ask(`${path}/unblock`, jsonRequest("POST", { bot })),
    /** Signs in by the phone of their account, which the site knows. */
    async signIn(): Promise<void> {
      const after = await send({ text: "/start" });
      await sees(/Здравствуйте|Hello/, { after });
      await send({ contact: true });
      await sees(/Меню|Menu/, { after });
    },
    /** Waits until everything that they did before is worked off: the bot's answers come in order. */
    async settle(): Promise<void> {
      const after = await send({ text: "/help" });
      await sees("/logout", { after });
    },
  };
}

function fail(): never {
  throw new Error("A message that was just there is gone");
}
