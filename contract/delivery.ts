import { z } from "zod";
import type { BotProfile } from "./bot.ts";
import { CHANNELS, type ChatAddress, LeadProfile } from "./lead.ts";

/**
 * What became of a recipient. Those on the way can still change; `sent` becomes `answered`; the others stay.
 * `uncertain`: no answer came to the message, nobody can know whether it arrived.
 */
export const DELIVERY_STATES = [
  "queued",
  "deferred",
  "sent",
  "uncertain",
  "failed",
  "unlinked",
  "blocked",
  "cancelled",
  "answered",
  "expired",
] as const;

/** What became of a recipient. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** States in which something is still to be done. */
export const UNDER_WAY: readonly DeliveryState[] = ["queued", "deferred"];

/**
 * Reason of a recipient who is `deferred` because something of the message has left, or may have: it is its
 * conversation's now, which reports how it ends. A cancel comes too late for it.
 */
export const ON_THE_WIRE = "on-the-wire";

/**
 * Reason of a recipient who is `deferred` because they want quiet, or an operator speaks with them: it waits in their
 * conversation and is shown when they ask for it. Its call may be `finished` meanwhile.
 */
export const KEPT = "paused";

/** What is written down about a recipient, with a stable word that says why where that isn't plain. */
export const Outcome = z.object({
  state: z.enum(DELIVERY_STATES),
  reason: z.string().optional(),
  /** Of a failure: the error's code and what it says, without anything that people wrote. For the dead letters. */
  cause: z.string().optional(),
});

/** What is written down about a recipient, with a stable word that says why where that isn't plain. */
export type Outcome = z.infer<typeof Outcome>;

/** A recipient's place in the ledger of a call. */
export interface DeliveryId {
  readonly callId: string;
  /** Number of the recipient in the call, from 0. */
  readonly seq: number;
}

/** One recipient of a call: whom to tell and where. */
export const Recipient = z.object({
  seq: z.number(),
  /**
   * The main system's id of the user who is meant: by the time it arrives another may be signed in there. `null`
   * where the chat itself is meant, whoever is in it.
   */
  userId: z.string().nullable(),
  channel: z.enum(CHANNELS),
  externalId: z.string(),
  /** Sent along, so that a conversation that knows nobody yet need not ask. */
  lead: LeadProfile,
});

/** One recipient of a call: whom to tell and where. */
export type Recipient = z.infer<typeof Recipient>;

/** A recipient who is to be tried. */
export const Candidate = Recipient.extend({
  /** How often they were tried before. */
  attempt: z.number(),
  /** When they were first tried; milliseconds since 1970. */
  since: z.number(),
});

/** A recipient who is to be tried. */
export type Candidate = z.infer<typeof Candidate>;

/** What the delivery queue carries: some recipients of one call, whose time has come. The call's data is read by its id. */
export const DeliveryChunk = z.object({
  callId: z.string(),
  botId: z.string(),
  /** Number of the chunk within its broadcast: its report is known by it. */
  chunk: z.number(),
  /** Milliseconds since 1970: nothing of it may be begun after this. */
  until: z.number(),
  recipients: z.array(Candidate),
});

/** What the delivery queue carries: some recipients of one call. The call's data is read by its id. */
export type DeliveryChunk = z.infer<typeof DeliveryChunk>;

/** What a conversation is handed: start this communication, once. */
export interface Delivery extends DeliveryId {
  readonly address: ChatAddress;
  readonly userId: string | null;
  readonly alias: string;
  /** What the communication's `prepare` returned, as JSON text. */
  readonly data: string;
  /** Whether it is to be told even where the person wants quiet. */
  readonly critical: boolean;
  /** Milliseconds since 1970: it may not be begun after this. */
  readonly until: number;
  /** After this it is not told any more, however long it was kept; `null` where there is no such time. */
  readonly expiresAt: number | null;
  /** How often it was tried before. */
  readonly attempt: number;
  /** When it was first tried; milliseconds since 1970. */
  readonly since: number;
  readonly lead: LeadProfile;
  readonly bot: BotProfile;
}

/** What came of handing a delivery over. */
export interface Handed {
  readonly outcome: Outcome;
  /**
   * When to hand it over again (milliseconds since 1970), where nothing of it has left: it is then the broadcast's
   * again. Absent where it is the conversation's, which reports what comes of it by itself.
   */
  readonly again?: number;
  /** Whether it failed, and did not only have to wait: failures are counted. */
  readonly isFailure?: boolean;
}

/** What the records queue carries: facts that are written to D1 in batches. */
export const RecordMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("outcome"),
    /** Absent in messages of the first version of this code. */
    botId: z.string().optional(),
    callId: z.string(),
    seq: z.number(),
    outcome: Outcome,
    at: z.number(),
  }),
  z.object({ kind: z.literal("activity"), leadId: z.number(), at: z.number() }),
]);

/** What the records queue carries: facts that are written to D1 in batches. */
export type RecordMessage = z.infer<typeof RecordMessage>;
