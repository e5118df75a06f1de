import { DurableObject } from "cloudflare:workers";
import type { DeliveryChunk, Recipient } from "../../contract/delivery.ts";
import type { Ledger, Log } from "../../contract/ports.ts";
import { afterLook, beginning, type Progress, waitMs } from "./round.ts";

/** The world as a broadcast needs it. */
export interface BroadcastPorts {
  readonly ledger: Ledger;
  readonly log: Log;
  /** Puts chunks into the delivery queue. */
  queue(chunks: readonly DeliveryChunk[]): Promise<void>;
}

/** The call that a broadcast belongs to. */
export interface BroadcastCall {
  readonly callId: string;
  readonly botId: string;
}

/** Recipients read from the ledger at one alarm. */
const PAGE = 500;
/** Recipients in one message of the queue: few enough that a slow one delays few others. */
const CHUNK = 25;

/**
 * Sees one call through to its last recipient; its name is the call's id. Queues recipients page by page and looks
 * at the ledger until nobody is under way.
 */
export abstract class BroadcastObject extends DurableObject<Env> {
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number = Date.now;

  /** The world, from this object's own bindings; given by `workers/house.ts`. */
  protected abstract ports(): BroadcastPorts;

  /** Starts the broadcast. Called again, it does nothing but to see that it goes on. */
  async start(call: BroadcastCall): Promise<void> {
    if (await this.ctx.storage.get("call")) return this.#rearm();
    await this.ctx.storage.put({ call, progress: beginning(this.clock()) });
    await this.ctx.storage.setAlarm(this.clock());
  }

  /** The platform gives up an alarm that failed too often: one that is lost is set again. */
  async #rearm(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.clock());
  }

  /** Queues the next page, or looks how far the recipients are. What fails is tried again at the next alarm. */
  override async alarm(): Promise<void> {
    const call = await this.ctx.storage.get<BroadcastCall>("call");
    const progress = await this.ctx.storage.get<Progress>("progress");
    if (!call || !progress) return;
    try {
      await (progress.queueing ? this.#queuePage(call, progress) : this.#look(call, progress));
    } catch {
      // The platform retries an alarm six times only; this one has to come for as long as somebody is under way.
      this.ports().log("broadcast-stalled", { callId: call.callId });
      await this.#wait(progress, waitMs(1));
    }
  }

  async #queuePage(call: BroadcastCall, progress: Progress): Promise<void> {
    const { ledger, queue } = this.ports();
    const page = await ledger.underWay(call.callId, progress.cursor, PAGE);
    await queue(chunksOf(call, page));
    const last = page.at(-1);
    if (last && page.length === PAGE) await this.#wait({ ...progress, cursor: last.seq }, 0);
    else await this.#wait({ ...progress, queueing: false }, waitMs(progress.still));
  }

  async #look(call: BroadcastCall, progress: Progress): Promise<void> {
    const { ledger, log } = this.ports();
    const now = this.clock();
    const next = afterLook(progress, await ledger.underWayCount(call.callId), now);
    if (next.kind === "wait") return this.#wait(next.next, next.ms);
    if (next.kind === "queue-again") return this.#wait(next.next, 0);
    if (next.kind === "abandon") {
      log("broadcast-abandoned", { callId: call.callId });
      await ledger.abandon(call.callId, "undeliverable", now);
    }
    await ledger.finish(call.callId, now);
    await this.ctx.storage.deleteAll();
  }

  async #wait(progress: Progress, ms: number): Promise<void> {
    await this.ctx.storage.put({ progress });
    await this.ctx.storage.setAlarm(this.clock() + ms);
  }
}

function chunksOf({ callId, botId }: BroadcastCall, page: readonly Recipient[]): readonly DeliveryChunk[] {
  const chunks: DeliveryChunk[] = [];
  for (let from = 0; from < page.length; from += CHUNK) {
    chunks.push({ callId, botId, recipients: page.slice(from, from + CHUNK) });
  }
  return chunks;
}
