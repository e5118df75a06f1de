import type { BotProfile } from "./bot.ts";
import type { AcceptedCall, CallState } from "./call.ts";
import type { Outcome, Recipient, RecordMessage } from "./delivery.ts";
import type { Sender } from "./inbound.ts";
import type { ChatAddress, LeadProfile, LeadStatus } from "./lead.ts";
import type { PinProof } from "./linking.ts";
import type { OutMessage } from "./message.ts";
import type { Refusal } from "./refusal.ts";
import type {
  Cart,
  NewComment,
  NewSite,
  NewUser,
  Order,
  Post,
  Rating,
  Request,
  SystemUser,
  Task,
  UserKey,
} from "./system.ts";
import type { Language } from "./words.ts";

/** What a messenger says of a message it took. */
export interface Sent {
  /** The messenger's id of the message within its chat. */
  readonly messageId: string;
}

/** How a messenger brings its updates to us. */
export interface WebhookState {
  /** Whether it knows an address to bring them to. */
  readonly isSet: boolean;
  /** Updates that wait to be brought. */
  readonly pendingUpdates: number;
  /** When one last could not be brought; milliseconds since 1970. */
  readonly lastErrorAt: number | null;
  /** Why, in the messenger's words. */
  readonly lastErrorMessage: string | null;
}

/** A messenger, with the credentials of one bot. */
export interface Channel {
  /** How fast one chat may be written to: in the long run, and at once. */
  readonly chatLimit: { readonly perSecond: number; readonly burst: number };
  /** Cuts a message into as many as the messenger's limits ask for; buttons and keyboard go with the last. */
  pieces(message: OutMessage): readonly OutMessage[];
  /**
   * Sends one message to a chat.
   * @throws ChannelBusy, ChannelDown (nothing was sent); ChannelUncertain (perhaps sent); ChannelBlocked,
   * ChannelGone, ChannelRefused, PictureRefused (never as it is).
   */
  send(externalId: string, piece: OutMessage): Promise<Sent>;
  /** Tells the messenger that a tap was taken, with a short note to the person. Old taps are let go. */
  answerTap(tapId: string, note?: string): Promise<void>;
  /** How updates come in. @throws as `send` does */
  webhook(): Promise<WebhookState>;
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
  /** Posts since a time (milliseconds since 1970) that this user may read; the newest first, ten at the most. */
  news(userId: string, since: number): Promise<readonly Post[]>;
  /** What the system would like this user to do. */
  tasks(userId: string): Promise<readonly Task[]>;
  order(orderId: string): Promise<Order | null>;
  /** What the user has put by; `null` where there is nothing in it. */
  cart(userId: string): Promise<Cart | null>;
  request(requestId: string): Promise<Request | null>;
  addRequest(
    request: { readonly userId: string; readonly text: string },
    once: string,
  ): Promise<{ readonly requestId: string }>;
  /** Passes on what a customer writes to whoever works at their request. */
  addMessage(
    message: { readonly requestId: string; readonly userId: string; readonly text: string },
    once: string,
  ): Promise<void>;
  rate(rating: Rating, once: string): Promise<void>;
  createSite(site: NewSite, once: string): Promise<{ readonly siteId: string; readonly url: string }>;
}

/** Who is who: leads, persons and their accounts in the main system. Everything may be asked twice. */
export interface Directory {
  /** The lead of a chat, made at their first message (requirement 41). */
  lead(address: ChatAddress, sender: Sender, language: Language): Promise<LeadProfile>;
  /** The lead of a chat, or `null` where nobody wrote from it yet. */
  findLead(address: ChatAddress): Promise<LeadProfile | null>;
  /**
   * Makes the lead's person the one of this user of the main system, and links the two. Somebody whom an administrator
   * has blocked becomes the lead's person too, but is barred.
   */
  signIn(leadId: number, botId: string, user: SystemUser): Promise<LeadProfile>;
  /**
   * Takes this person from the lead; with the person's last lead their account is unlinked, and its history stays.
   * True where the person has no lead left.
   */
  signOut(leadId: number, personId: number): Promise<boolean>;
  /** Marks that the person has blocked the bot, that nobody is in the chat any more, or that they are there again. */
  setStatus(leadId: number, status: LeadStatus): Promise<void>;
  /** Keeps what a conversation knows of its lead, for audiences by rule and for the console. */
  setTraits(leadId: number, traits: Partial<LeadTraits>): Promise<void>;
}

/** A lead of a bot. */
export interface LeadOfBot {
  readonly botId: string;
  readonly leadId: number;
}

/** What came of asking for a link with a PIN. */
export type OpenedLink =
  | { readonly kind: "opened"; readonly buid: string; readonly expiresAt: number }
  /** So many were asked for that the next is given out then; milliseconds since 1970. */
  | { readonly kind: "too-many"; readonly until: number };

/** What a link from the site into the messenger comes to. */
export type StartLink =
  /** It is this chat's now, and may be taken here again until its time is over. */
  | { readonly kind: "good"; readonly userId: string }
  | { readonly kind: "used" }
  /** Or there never was such a link. */
  | { readonly kind: "expired" };

/** A link to a page of the site that asks for no PIN. */
export interface FormLink {
  /** The page's path, without a slash at its beginning. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Links between the messenger and the site, and codes that prove a phone, as a conversation gives them out and takes
 * them. `once` names what is asked for: the same name gives the same, however often it is asked, and nothing that is
 * secret need be kept for that.
 */
export interface Links {
  /** Gives the person of a lead a BUID, if they have none, and a new PIN to it. A stranger becomes a person by that. */
  open(lead: LeadOfBot, once: string): Promise<OpenedLink>;
  /** The PIN of a link that was opened under this name, or the code that was. */
  pin(once: string): Promise<string>;
  /** Keeps a link without a PIN. */
  openForm(lead: LeadOfBot, link: FormLink, once: string): Promise<void>;
  /** The token of a link that was opened under this name. */
  token(once: string): Promise<string>;
  /** Takes a link from the site into the messenger for a lead: of two leads one has it. */
  take(lead: LeadOfBot, token: string): Promise<StartLink>;
  /** Makes a code by which a lead proves a phone, in the place of one before. */
  openCode(lead: LeadOfBot, once: string): Promise<"opened" | "too-many">;
  /**
   * Has a text with a code sent to a phone (E.164), unless too many went there of late: then the code is good no more.
   * Neither whether it goes, nor how long that takes, is told.
   * @param once the name of the code
   */
  sendCode(bot: BotProfile, lead: LeadOfBot, phone: string, text: string, once: string): void;
  /** What a code comes to that the person typed. */
  checkCode(lead: LeadOfBot, code: string, once: string): Promise<PinProof>;
}

/** A gateway that brings texts to phones. */
export interface SmsGateway {
  /**
   * Sends a text to a phone (E.164 with "+").
   * @throws SmsDown (nothing was sent: try again later), SmsRefused (this text to this phone never), SmsUncertain (nobody knows)
   */
  send(phone: string, text: string): Promise<void>;
}

/** What a conversation knows of its lead, and the database keeps a copy of. */
export type LeadTraits = Pick<LeadProfile, "tags" | "variables" | "pausedUntil" | "withOperator">;

/** Calls, as a conversation reaches them. */
export interface Calls {
  /** A call that was accepted, or `null` where there is none of this id any more. */
  find(callId: string): Promise<AcceptedCall | null>;
  /**
   * Makes a call as the API would, once for each `callId`.
   * @param params what a caller would send as `script_request_params`
   * @param sendAt when to begin (milliseconds since 1970); `null` is at once
   * @throws BrokenData where the bot has no such communication, or the parameters have not its shape; StorageDown
   */
  start(call: {
    readonly callId: string;
    readonly botId: string;
    readonly alias: string;
    readonly params: unknown;
    readonly sendAt: number | null;
  }): Promise<Refusal | null>;
}

/** The bots and their settings. */
export interface Bots {
  find(botId: string): Promise<BotProfile | null>;
}

/** A call by its ids. */
export interface CallId {
  readonly callId: string;
  readonly botId: string;
}

/** The ledger of calls: what became of every recipient. */
export interface Ledger {
  /** The call, or `null` where there is none of this id. */
  call(callId: string): Promise<AcceptedCall | null>;
  /**
   * Walks the next part of a call's audience by rule and writes its lines down; done twice, it is done once.
   * True where the walk is through.
   */
  resolve(callId: string, now: number): Promise<boolean>;
  /** Up to `limit` recipients after `after` (a `seq`; -1 for the first) who are still under way, in order. */
  underWay(callId: string, after: number, limit: number): Promise<readonly Recipient[]>;
  /** How many recipients are still under way. */
  underWayCount(callId: string): Promise<number>;
  /** Of how many of them something is on the wire (`ON_THE_WIRE`). */
  onTheWireCount(callId: string): Promise<number>;
  /** How many recipients are kept in their conversations (`KEPT`). */
  keptCount(callId: string): Promise<number>;
  /**
   * Gives those who are still under way this outcome, some thousands at a time; those of whom something is on the wire
   * (`ON_THE_WIRE`) are spared unless `evenOnTheWire`.
   * @returns whether there may be more
   */
  settleRest(callId: string, outcome: Outcome, at: number, evenOnTheWire?: boolean): Promise<boolean>;
  /** Puts those who failed under way again; how many they are. */
  requeueFailed(callId: string, at: number): Promise<number>;
  /** Ids of up to `limit` calls, by chance, whose time came before `before`, that have an end to come and are not held. */
  unfinished(before: number, limit: number): Promise<readonly CallId[]>;
  /** Writes outcomes down, all in one go; a state that tells more is never replaced by one that tells less. */
  record(outcomes: readonly OutcomeRecord[]): Promise<void>;
  /** Stamps when leads were last active. */
  touch(stamps: readonly { readonly leadId: number; readonly at: number }[]): Promise<void>;
  /** Writes down how far a call is; with `finished` and `cancelled`, when. */
  setState(callId: string, state: CallState, at: number): Promise<void>;
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

/** The send rate of one bot in one messenger, as its conversations feel it. */
export interface Pace {
  /** Takes the right to send one message now: 0, or the milliseconds to wait before asking again. */
  take(): Promise<number>;
  /** The messenger asked the whole bot to slow down. @param seconds as it said */
  slowDown(seconds: number): Promise<void>;
}
