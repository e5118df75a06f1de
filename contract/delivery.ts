import { z } from "zod";
import { CHANNELS, type ChatAddress } from "./lead.ts";

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

/** What is written down about a recipient, with a stable word that says why where that isn't plain. */
export const Outcome = z.object({
  state: z.enum(DELIVERY_STATES),
  reason: z.string().optional(),
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
  /** The main system's id of the user who is meant: by the time it arrives another may be signed in there. */
  userId: z.string(),
  leadId: z.number(),
  channel: z.enum(CHANNELS),
  externalId: z.string(),
});

/** One recipient of a call: whom to tell and where. */
export type Recipient = z.infer<typeof Recipient>;

/** What the delivery queue carries: some recipients of one call. The call's data is read by its id. */
export const DeliveryChunk = z.object({
  callId: z.string(),
  botId: z.string(),
  recipients: z.array(Recipient),
});

/** What the delivery queue carries: some recipients of one call. The call's data is read by its id. */
export type DeliveryChunk = z.infer<typeof DeliveryChunk>;

/** What a conversation is handed: start this communication, once. */
export interface Delivery extends DeliveryId {
  readonly address: ChatAddress;
  readonly userId: string;
  readonly alias: string;
  /** What the communication's `prepare` returned, as JSON text. */
  readonly data: string;
}

/** What the records queue carries: facts that are written to D1 in batches. */
export const RecordMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("outcome"),
    callId: z.string(),
    seq: z.number(),
    outcome: Outcome,
    at: z.number(),
  }),
  z.object({ kind: z.literal("activity"), leadId: z.number(), at: z.number() }),
]);

/** What the records queue carries: facts that are written to D1 in batches. */
export type RecordMessage = z.infer<typeof RecordMessage>;
