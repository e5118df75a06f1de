import { DurableObject } from "cloudflare:workers";
import { type Delivery, type Handed, ON_THE_WIRE } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { Inbound } from "../../contract/inbound.ts";
import type { ChatAddress } from "../../contract/lead.ts";
import type { LiveStep } from "../../contract/live-step.ts";
import type { LeadNews } from "../../contract/person-change.ts";
import { Alarm } from "../alarm.ts";
import type { TalkPorts } from "./ports.ts";
import type { Sql } from "./sql.ts";
import { makeTables } from "./tables.ts";
import { Talk } from "./talk.ts";

/** An update is worked off at once; should that be cut short, the alarm goes on after this. */
const SAFETY_MS = 10_000;

/** A delivery that takes longer is answered as put off: its queue must not wait for one slow person. */
const LONGEST_BEGIN_MS = 5_000;

/**
 * One person's conversation in one messenger; its name is that of the chat (`conversationName`).
 *
 * Owns the rows, the alarm and the turns, and nothing else: what is said lives in `communications/`, how a step runs
 * in `dialogs/`, how it travels in `channels/`, and how these make a conversation in `talk.ts`.
 */
export abstract class ConversationObject extends DurableObject<Env> {
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number = Date.now;
  readonly #alarm: Alarm;
  #lastTurn: Promise<unknown> = Promise.resolve();
  #talk: Talk | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage, () => this.clock());
    makeTables(this.#sql());
  }

  /** The world, from this object's own bindings; given by `workers/house.ts`. */
  protected abstract ports(clock: () => number): TalkPorts;

  /** Takes an update: once this returns it is safe, whatever crashes. A known one is let go. */
  async take(address: ChatAddress, update: Inbound): Promise<void> {
    this.#conversation().take(address, update);
    await this.#alarm.wakeBy(this.clock() + SAFETY_MS);
    this.ctx.waitUntil(this.#inTurn(() => this.#work()));
  }

  /**
   * Takes a delivery over, and says what came of it so far. Handed over again, it goes on or does nothing. No alarm is
   * set for its safety: what a crash cuts short is under way in the ledger, and comes again.
   */
  async begin(delivery: Delivery): Promise<Handed> {
    let isAwaited = true;
    let mayLeave = false;
    let hurry: ReturnType<typeof setTimeout> | undefined;
    const tooSlow = new Promise<Handed>((resolve) => {
      hurry = setTimeout(() => {
        isAwaited = false;
        // Behind what else this chat waits for nothing of it has left, and nothing will: it comes again.
        const again = {
          outcome: { state: "deferred", reason: "chat-busy" },
          again: this.clock() + LONGEST_BEGIN_MS,
        } as const;
        resolve(mayLeave ? { outcome: { state: "deferred", reason: ON_THE_WIRE } } : again);
      }, LONGEST_BEGIN_MS);
    });
    const watch = {
      isAwaited: () => isAwaited,
      begins: () => {
        mayLeave = true;
      },
    };
    const { promise: begun, resolve, reject } = Promise.withResolvers<Handed>();
    const turn = this.#inTurn(async () => {
      resolve(await this.#conversation().begin(delivery, watch));
      await this.#conversation().tell();
      await this.#wakeForNext();
    });
    this.ctx.waitUntil(turn.catch(reject));
    return Promise.race([begun, tooSlow]).finally(() => clearTimeout(hurry ?? null));
  }

  /** The steps at which something here would go on: for `npm run dialogs:check`. */
  liveSteps(): readonly LiveStep[] {
    return this.#conversation().liveSteps();
  }

  /** Takes over what a call changed of its lead in the database: once this returns, it is known. */
  async learn(news: LeadNews): Promise<void> {
    await this.#inTurn(async () => {
      await this.#conversation().learn(news);
      await this.#wakeForNext();
    });
  }

  /** Works off what is due. */
  override async alarm(): Promise<void> {
    this.#alarm.cleared();
    await this.#inTurn(() => this.#work());
  }

  async #work(): Promise<void> {
    await this.#conversation().work();
    this.ctx.waitUntil(this.#conversation().settled());
    await this.#wakeForNext();
  }

  #conversation(): Talk {
    this.#talk ??= new Talk(
      this.#sql(),
      this.ports(() => this.clock()),
    );
    return this.#talk;
  }

  #sql(): Sql {
    const { storage } = this.ctx;
    return {
      exec: (query, ...bindings) =>
        storage.sql.exec<Record<string, string | number | null>>(query, ...bindings).toArray(),
      transaction: (work) => storage.transactionSync(work),
    };
  }

  /** Sets the alarm for what is due next. One that was set for safety and finds nothing costs less than taking it back. */
  async #wakeForNext(): Promise<void> {
    const due = this.#conversation().nextDue();
    if (due !== null) await this.#alarm.wakeBy(due);
  }

  /** Runs turns one after another: awaiting the network would let a second one in. */
  #inTurn<T>(turn: () => Promise<T>): Promise<T> {
    const next = this.#lastTurn.then(turn);
    this.#lastTurn = next.catch((error) => console.error("turn-failed", errorFacts(error)));
    return next;
  }
}
