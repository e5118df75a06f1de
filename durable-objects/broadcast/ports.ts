import type { Candidate, DeliveryChunk } from "../../contract/delivery.ts";
import type { ChannelKind } from "../../contract/lead.ts";
import type { Ledger, Log } from "../../contract/ports.ts";
import type { Ask, Grant } from "../pacer/pace.ts";

/** The world as a broadcast needs it. */
export interface BroadcastPorts {
  readonly ledger: Ledger;
  readonly log: Log;
  /** Puts chunks into the delivery queue. */
  queue(chunks: readonly DeliveryChunk[]): Promise<void>;
  /** Takes slots of the bot's send rate in a messenger. */
  takeSlots(botId: string, channel: ChannelKind, ask: Ask): Promise<Grant>;
  /** Tells how long recipients of a bot wait in the queue, for whoever watches it. */
  noteQueueAge(botId: string, ms: number): Promise<void>;
}

/** Somebody who is to be tried again. */
export interface Again {
  readonly candidate: Candidate;
  /** When; milliseconds since 1970. */
  readonly at: number;
  /** Whether it failed, and did not only have to wait. */
  readonly isFailure: boolean;
  /** Whether it is known that nothing has left: a conversation that could not be reached does not say. */
  readonly isKnown: boolean;
}

/** What the consumer of the queue says of a chunk, once its outcomes are in the ledger. */
export interface ChunkReport {
  readonly chunk: number;
  /** Those who are to be tried again. */
  readonly again: readonly Again[];
  /** Whether nobody at all could be told, because the messenger, or the main system, is out of order. */
  readonly isDown: boolean;
  /** Until when nobody of this call is told, since the bot wants quiet (milliseconds since 1970); `null` where it does not. */
  readonly quietUntil: number | null;
  /** How long the chunk waited in the queue, milliseconds. */
  readonly queueAgeMs: number;
}
