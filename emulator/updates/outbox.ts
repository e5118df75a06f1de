import type { Bot } from "../store/bots.ts";
import type { PendingUpdate, Update } from "../store/pending-updates.ts";
import type { Store } from "../store/store.ts";
import type { Stats } from "../traffic/stats.ts";
import { bring } from "./bring.ts";
import { queueOf, updateKind } from "./queue-of.ts";
import { WebhookPump } from "./webhook-pump.ts";

/** Bot API: an update nobody took is kept no longer than 24 hours, ms. */
const UPDATE_LIFETIME = 24 * 3600 * 1000;
/** Bot API: `getUpdates` gives 100 at most. */
const MOST_AT_ONCE = 100;

/** Kinds a bot gets only when it asks for them (Bot API: setWebhook, `allowed_updates`). */
const ON_REQUEST: ReadonlySet<string> = new Set([
  "chat_member",
  "message_reaction",
  "message_reaction_count",
]);

/** What the outbox needs of the world. */
export interface OutboxPorts {
  readonly store: Store;
  readonly stats: Stats;
  /** Ms since 1970. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** How long a webhook's queue waits after that many failures in a row, ms. */
  readonly wait: (failures: number) => number;
}

/** What happened to the bots: updates on their way to a webhook, or kept for `getUpdates`. */
export class Outbox {
  #ports: OutboxPorts;
  #pumps = new Map<number, WebhookPump>();
  #pollers = new Map<number, () => void>();

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    for (const bot of ports.store.bots.all()) this.refill(bot.id);
  }

  /** Tells a bot of something under the next `update_id`, unless it does not care for that kind. */
  tell(bot: Bot, kind: string, body: object): void {
    const wanted = bot.allowed_updates ? bot.allowed_updates.includes(kind) : !ON_REQUEST.has(kind);
    if (!wanted) return;
    this.push(bot.id, { update_id: this.#ports.store.bots.nextUpdateId(bot.id), [kind]: body });
  }

  /** Sends an update as it is. */
  push(bot: number, update: Update): void {
    const createdAt = this.#ports.now();
    const pending = this.#ports.store.updates.add({ bot, queue: queueOf(update), createdAt, update });
    if (this.#ports.store.bots.byId(bot)?.webhook) this.#pump(bot).add(pending);
    this.#pollers.get(bot)?.();
  }

  /** Starts anew with what is kept: the webhook's address changed, or the process has just begun. */
  refill(bot: number): void {
    this.#pump(bot).clear();
    if (!this.#ports.store.bots.byId(bot)?.webhook) return;
    for (const pending of this.#ports.store.updates.all(bot)) this.#pump(bot).add(pending);
  }

  /** Tries at once what failed before. */
  wake(bot: number): void {
    this.#pump(bot).wake();
  }

  /** Forgets a bot's updates. */
  drop(bot: number): void {
    this.#pump(bot).clear();
    this.#ports.store.updates.removeAll(bot);
  }

  /** Bot API: getUpdates. Those before `offset` are taken; waits up to `timeout` s where none is there. */
  async poll(bot: number, offset: number, limit: number, timeout: number): Promise<Update[]> {
    const kept = this.#kept(bot);
    for (const pending of kept) {
      if (pending.update.update_id < offset) this.#ports.store.updates.remove(pending.seq);
    }
    const waiting = kept.filter((pending) => pending.update.update_id >= offset);
    if (waiting.length === 0 && timeout > 0) {
      await this.#nextPush(bot, timeout);
      return this.poll(bot, offset, limit, 0);
    }
    return waiting.slice(0, Math.min(limit, MOST_AT_ONCE)).map((pending) => pending.update);
  }

  /** Ends all deliveries and polls; what is kept goes on at the next start. */
  close(): void {
    for (const pump of this.#pumps.values()) pump.clear();
    for (const wake of this.#pollers.values()) wake();
  }

  #kept(bot: number): PendingUpdate[] {
    return this.#ports.store.updates.all(bot).filter((pending) => !this.#tooOld(pending));
  }

  #nextPush(bot: number, timeout: number): Promise<void> {
    this.#pollers.get(bot)?.();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#pollers.delete(bot);
        resolve();
      };
      const timer = setTimeout(wake, timeout * 1000);
      this.#pollers.set(bot, wake);
    });
  }

  #pump(bot: number): WebhookPump {
    const known = this.#pumps.get(bot);
    if (known) return known;
    const pump = new WebhookPump({
      bring: (pending, closing) => this.#bring(pending, closing),
      wait: this.#ports.wait,
      connections: () => this.#ports.store.bots.byId(bot)?.webhook?.max_connections ?? 1,
    });
    this.#pumps.set(bot, pump);
    return pump;
  }

  async #bring(pending: PendingUpdate, closing: AbortSignal): Promise<boolean> {
    const { store, stats, log, now } = this.#ports;
    const webhook = store.bots.byId(pending.bot)?.webhook;
    if (!webhook) return false;
    const trouble = this.#tooOld(pending) ? null : await bring(pending.update, webhook, closing);
    if (closing.aborted) return false;
    if (trouble === null) {
      store.updates.remove(pending.seq);
      stats.webhook("delivered");
      return true;
    }
    stats.webhook("failed");
    const at = { last_error_date: Math.floor(now() / 1000), last_error_message: trouble };
    const current = store.bots.byId(pending.bot)?.webhook;
    if (current?.url === webhook.url) store.bots.change(pending.bot, { webhook: { ...current, ...at } });
    log(
      `webhook ${webhook.url}: update ${pending.update.update_id} (${updateKind(pending.update)}): ${trouble}`,
    );
    return false;
  }

  #tooOld(pending: PendingUpdate): boolean {
    return this.#ports.now() - pending.createdAt > UPDATE_LIFETIME;
  }
}
