import { z } from "zod";
import { LANGUAGES } from "./words.ts";

/** The human behind a lead, once they signed in: what dialogs need of them. */
export const PersonProfile = z.object({
  personId: z.number(),
  /** The main system's id of the user. */
  userId: z.string(),
  firstName: z.string(),
  role: z.string(),
});

/** The human behind a lead, once they signed in: what dialogs need of them. */
export type PersonProfile = z.infer<typeof PersonProfile>;

/** What a bot knows of a lead beside who they are, by names that its dialogs declare; JSON values. */
export const Variables = z.record(z.string(), z.json());

/** What a bot knows of a lead beside who they are. */
export type Variables = z.infer<typeof Variables>;

/**
 * A person whom an administrator has blocked (requirement 25), or whose account is switched off (requirement 9): in their
 * chats they are treated as a stranger.
 */
export const Barred = z.object({
  userId: z.string(),
  /** Absent in conversations of before accounts that are off barred anybody. */
  why: z.enum(["blocked", "inactive"]).default("blocked"),
  /** The administrator's words, or empty. */
  reason: z.string(),
});

/** A person whom an administrator has blocked, or whose account is switched off. */
export type Barred = z.infer<typeof Barred>;

/** A subscriber in one messenger (requirement 41), as their conversation knows them. */
export const LeadProfile = z.object({
  leadId: z.number(),
  /** The name that the messenger knows them by. */
  firstName: z.string(),
  language: z.enum(LANGUAGES),
  /** Who is signed in; `null` for strangers, and for those who are barred. */
  person: PersonProfile.nullable(),
  /** Absent in conversations of before there was such a thing; so are those below. */
  barred: Barred.nullable().default(null),
  tags: z.array(z.string()).default([]),
  variables: Variables.default({}),
  /** Until when they want quiet, milliseconds since 1970 (`FOREVER`: until they come back); `null` where they don't. */
  pausedUntil: z.number().nullable().default(null),
  /** Whether the chat is handed over to an operator: the bot is silent in it. */
  withOperator: z.boolean().default(false),
});

/** A subscriber in one messenger (requirement 41), as their conversation knows them. */
export type LeadProfile = z.infer<typeof LeadProfile>;

/** A pause without an end, in milliseconds since 1970: the last moment that a date can name (ECMA-262, Time Values). */
export const FOREVER = 8_640_000_000_000_000;

/** Whether a lead can be written to. `blocked`: they have blocked the bot. `deleted`: nobody is in the chat any more. */
export const LEAD_STATUSES = ["active", "blocked", "deleted"] as const;

/** Whether a lead can be written to. */
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** The messengers there are. */
export const CHANNELS = ["telegram"] as const;

/** A messenger. */
export type ChannelKind = (typeof CHANNELS)[number];

/** Where a conversation is: which bot, which messenger, which chat. */
export interface ChatAddress {
  readonly botId: string;
  readonly channel: ChannelKind;
  /** The messenger's own id of the chat. */
  readonly externalId: string;
}

/** The name of the Conversation object of a chat. */
export function conversationName({ botId, channel, externalId }: ChatAddress): string {
  return `${botId}/${channel}/${externalId}`;
}
