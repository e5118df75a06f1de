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

/** A subscriber in one messenger (requirement 41), as their conversation knows them. */
export const LeadProfile = z.object({
  leadId: z.number(),
  /** The name that the messenger knows them by. */
  firstName: z.string(),
  language: z.enum(LANGUAGES),
  person: PersonProfile.nullable(),
});

/** A subscriber in one messenger (requirement 41), as their conversation knows them. */
export type LeadProfile = z.infer<typeof LeadProfile>;

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
