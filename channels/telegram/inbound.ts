import { z } from "zod";
import type { Act, Inbound } from "../../contract/inbound.ts";
import { internationalE164 } from "../../contract/phone.ts";
import { MediaFields, mediaOf } from "./media.ts";

const User = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const Chat = z.object({ id: z.int(), type: z.string() });

const Message = MediaFields.extend({
  message_id: z.int(),
  from: User.optional(),
  chat: Chat,
  text: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
  reply_to_message: z.object({ message_id: z.int() }).optional(),
});

/** An update of the Bot API, as much of it as is used; what is new there is let go. */
const Update = z.object({
  update_id: z.int().nonnegative(),
  message: Message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: User,
      data: z.string().optional(),
      message: z.object({ chat: Chat }).optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat: Chat, from: User, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});

/** What came of reading an update. */
export type ReadUpdate =
  | { readonly kind: "inbound"; readonly inbound: Inbound }
  /** Well-formed, and on purpose nothing to us: `why` says it. */
  | { readonly kind: "ignored"; readonly why: string }
  | { readonly kind: "malformed" };

/**
 * Reads an update of Telegram in our words. Only people in private chats are spoken with: groups, channels and other
 * bots are ignored, and so are edits (an answer that was taken stands) and kinds of update that are not known.
 */
export function readUpdate(json: unknown): ReadUpdate {
  const read = Update.safeParse(json);
  if (!read.success) return { kind: "malformed" };
  const { update_id: updateId, message, callback_query: tap, my_chat_member: member } = read.data;
  if (message) return fromPerson(updateId, message.chat, message.from, actOfMessage(message));
  if (tap) {
    const act: Act = { kind: "tap", tapId: tap.id, data: tap.data ?? "" };
    return fromPerson(updateId, tap.message?.chat, tap.from, act);
  }
  if (member)
    return fromPerson(updateId, member.chat, member.from, actOfMember(member.new_chat_member.status));
  return { kind: "ignored", why: "kind-of-update" };
}

function fromPerson(
  updateId: number,
  chat: z.infer<typeof Chat> | undefined,
  from: z.infer<typeof User> | undefined,
  act: Act | null,
): ReadUpdate {
  if (chat?.type !== "private") return { kind: "ignored", why: "not-a-private-chat" };
  if (!from || from.is_bot) return { kind: "ignored", why: "not-a-person" };
  if (!act) return { kind: "ignored", why: "kind-of-message" };
  return {
    kind: "inbound",
    inbound: {
      updateId,
      sender: {
        externalId: String(chat.id),
        firstName: from.first_name,
        lastName: from.last_name,
        username: from.username,
        languageCode: from.language_code,
      },
      act,
    },
  };
}

/** "/menu@the_bot with words": a command as Bot API clients send it. */
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/;

function actOfMessage(message: z.infer<typeof Message>): Act {
  const { text, contact, from, reply_to_message } = message;
  const replyTo = reply_to_message ? { replyTo: String(reply_to_message.message_id) } : {};
  if (contact) {
    // People can send anyone's contact: only the sender's own proves anything.
    const own = contact.user_id !== undefined && contact.user_id === from?.id;
    return { kind: "contact", phone: internationalE164(contact.phone_number), own };
  }
  if (text === undefined) {
    const media = mediaOf(message);
    return media ? { kind: "media", media, ...replyTo } : { kind: "other", ...replyTo };
  }
  const command = COMMAND.exec(text);
  if (command) return { kind: "command", name: (command[1] ?? "").toLowerCase(), argument: command[2] ?? "" };
  return { kind: "text", text, ...replyTo };
}

/** "kicked": the person blocked the bot; "member": they let it in again (Bot API: ChatMember in a private chat). */
function actOfMember(status: string): Act | null {
  if (status === "kicked") return { kind: "blocked" };
  return status === "member" ? { kind: "unblocked" } : null;
}
