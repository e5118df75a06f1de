import type { BotProfile } from "./bot.ts";
import type { Outcome, Recipient, RecordMessage } from "./delivery.ts";
import type { Sender } from "./inbound.ts";
import type { ChatAddress, LeadProfile, PersonProfile } from "./lead.ts";
import type { OutMessage } from "./message.ts";
import type { NewComment, NewUser, Post, SystemUser, UserKey } from "./system.ts";
import type { Language } from "./words.ts";

/** What a messenger says of a message it took. */
export interface Sent {
  /** The messenger's id of the message within its chat. */
  readonly messageId: string;
}

/** A messenger, with the credentials of one bot. */
export interface Channel {
  /** Cuts a message into as many as the messenger's limits ask for; buttons and keyboard go with the last. */
  pieces(message: OutMessage): readonly OutMessage[];
  /**
   * Sends one message to a chat.
   * @throws ChannelBusy, ChannelDown (nothing was sent); ChannelUncertain (perhaps sent); ChannelBlocked,
   * ChannelRefused, PictureRefused (never as it is).
   */
  send(externalId: string, piece: OutMessage): Promise<Sent>;
  /** Tells the messenger that a tap was taken, with a short note to the person. Old taps are let go. */
  answerTap(tapId: string, note?: string): Promise<void>;
}

/**
 * The main system as one bot may use it (requirements 15-18). Writes take `once`, a key that the system uses to do
 * a repeated request once.
 * @throws SystemUnavailable, SystemRefused
 */
export interface MainSystem {
  user(by: UserKey): Promise<SystemUser | null>;
  registerUser(user: NewUser, once: string): Promise<{ readonly userId: string }>;
  connectBot(userId: string, once: string): Promise<void>;
  disconnectBot(userId: string, once: string): Promise<void>;
  post(postId: string): Promise<Post | null>;
  addComment(comment: NewComment, once: string): Promise<{ readonly commentId: string }>;
}

/** Who is who: leads, persons and their accounts in the main system. Everything may be asked twice. */
export interface Directory {
  /** The lead of a chat, made at their first message (requirement 41). */
  lead(address: ChatAddress, sender: Sender, language: Language): Promise<LeadProfile>;
  /** The lead of a chat, or `null` where nobody wrote from it yet. */
  findLead(address: ChatAddress): Promise<LeadProfile | null>;
  /** Makes the lead's person the one of this user of the main system, and links the two. */
  signIn(leadId: number, botId: string, user: SystemUser): Promise<PersonProfile>;
  /**
   * Takes this person from the lead; with the person's last lead their account is unlinked, and its history stays.
   * True where the person has no lead left.
   */
  signOut(leadId: number, personId: number): Promise<boolean>;
  /** Marks that the person has blocked the bot, or lets them in again. */
  setBlocked(leadId: number, blocked: boolean): Promise<void>;
}

/** The bots and their settings. */
export interface Bots {
  find(botId: string): Promise<BotProfile | null>;
}

/** A call that was accepted, as much of it as is needed to start its communication. */
export interface AcceptedCall {
  readonly callId: string;
  readonly botId: string;
  readonly alias: string;
  /** What `prepare` returned, as JSON text. */
  readonly data: string;
}

/** The ledger of calls: what became of every recipient. */
export interface Ledger {
  /** The call, or `null` where there is none of this id. */
  call(callId: string): Promise<AcceptedCall | null>;
  /** Up to `limit` recipients after `after` (a `seq`; -1 for the first) who are still under way, in order. */
  underWay(callId: string, after: number, limit: number): Promise<readonly Recipient[]>;
  /** How many recipients are still under way. */
  underWayCount(callId: string): Promise<number>;
  /** Gives up on those who are still under way. */
  abandon(callId: string, reason: string, at: number): Promise<void>;
  /** Ids of up to `limit` calls, by chance, that were made before `before` and still have somebody under way. */
  unfinished(
    before: number,
    limit: number,
  ): Promise<readonly { readonly callId: string; readonly botId: string }[]>;
  /** Writes outcomes down, all in one go; a later state is never replaced by an earlier one. */
  record(outcomes: readonly OutcomeRecord[]): Promise<void>;
  /** Stamps when leads were last active. */
  touch(stamps: readonly { readonly leadId: number; readonly at: number }[]): Promise<void>;
  /** Marks that the call has nobody under way any more. */
  finish(callId: string, at: number): Promise<void>;
}

/** One line for the ledger. */
export interface OutcomeRecord {
  readonly callId: string;
  readonly seq: number;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Facts on their way to D1, written there in batches. */
export interface Records {
  send(messages: readonly RecordMessage[]): Promise<void>;
}

/** A place for short facts about what happened. Never texts of people, never secrets. */
export type Log = (event: string, facts: Readonly<Record<string, string | number | boolean | null>>) => void;
