import { env } from "cloudflare:workers";
import { messageOf } from "../../workers/demo.ts";
import type { Network } from "../../workers/network.ts";
import {
  acceptNews,
  conversationOf,
  crash,
  eventually,
  evict,
  ledgerOf,
  NEWS,
  pushTo,
  type Stage,
  setStage,
  tapOf,
} from "../stage.ts";
import type { FakeTelegram } from "./fake-telegram.ts";
import type { Cell, DialogEnd } from "./model.ts";

/** What the bot says in the dialog that is played, and what the model calls it. */
const SAYINGS = { news: NEWS, question: "Напишите ваш ответ", done: "Готово", help: "/logout" } as const;

/** A line of the Worker's log. */
export interface Logged {
  readonly event: string;
  readonly leadId?: unknown;
}

/** What a dialog is played with. */
export interface Outside {
  readonly network: Network;
  readonly telegram: FakeTelegram;
  /** What the Worker has logged so far. */
  readonly logged: readonly Logged[];
}

/**
 * Plays a cell whose message answers what a person did: they tap "reply" under the news, write their answer, and ask
 * for help, without waiting where something is held.
 */
export async function playDialog(cell: Cell, outside: Outside): Promise<DialogEnd> {
  const dialog = new Dialog(cell, outside, await setStage(cell.number, 1));
  const callId = await dialog.begin();
  await dialog.play();
  return dialog.end(callId);
}

class Dialog {
  readonly #cell: Cell;
  readonly #outside: Outside;
  readonly #stage: Stage;
  readonly #chat: number;
  #explained: string | null = null;

  constructor(cell: Cell, outside: Outside, stage: Stage) {
    this.#cell = cell;
    this.#outside = outside;
    this.#stage = stage;
    this.#chat = stage.people[0] ?? 0;
  }

  /** The person gets the news. */
  async begin(): Promise<string> {
    const call = await acceptNews(this.#stage);
    await env.BROADCASTS.getByName(call.callId).start(call);
    await eventually(async () => (await ledgerOf(call.callId)).get(this.#chat) === "sent");
    return call.callId;
  }

  /** They tap and write, struck at the one or the other. */
  async play(): Promise<void> {
    const { telegram } = this.#outside;
    const { fault, place, mishap } = this.#cell;
    const isAnswer = place === "an answer in a dialog";
    const strike = isAnswer
      ? { method: "sendMessage", words: SAYINGS.done }
      : { method: "answerCallbackQuery", words: "" };
    const tap = tapOf(this.#chat, telegram.button(this.#chat, "Ответить"));
    const answer = messageOf(this.#chat, { text: "Поздравляю!" });
    telegram.strike(this.#chat, { ...strike, fault, isHeld: mishap === "the consumer killed" });

    const push = (update: object) => pushTo(this.#stage, update);
    await (isAnswer ? push(tap) : this.#suffer(tap));
    await this.#sees("question");
    await (isAnswer ? this.#suffer(answer) : push(answer));
    await push(messageOf(this.#chat, { text: "/help" }));
    telegram.letGo(this.#chat);
    await this.#sees("help");
  }

  /** What came of it all. */
  async end(callId: string): Promise<DialogEnd> {
    const { telegram, network } = this.#outside;
    await eventually(async () => (await ledgerOf(callId)).get(this.#chat) === "answered");
    const comments = network.left.filter(
      ({ url, body }) => url.pathname.endsWith("/comments") && body.authorId === this.#chat,
    );
    return {
      messages: this.#messages(),
      acknowledged: telegram.acknowledged(this.#chat),
      comments: comments.length,
      ledger: "answered",
      explained: this.#cell.place === "an answer in a dialog" ? this.#explanation() : null,
    };
  }

  /** Telegram brings the update whose answer is struck, and the cell's mishap befalls it. */
  async #suffer(update: object): Promise<void> {
    const { telegram } = this.#outside;
    const { fault, mishap } = this.#cell;
    const conversation = conversationOf(this.#stage, this.#chat);
    const copies = mishap === "the queue's message twice" ? 2 : 1;
    await Promise.all(Array.from({ length: copies }, () => pushTo(this.#stage, update)));
    await eventually(() => telegram.hasStruck(this.#chat));
    // One that waits for an answer is not evicted, but a deploy takes it away all the same.
    if (mishap === "the consumer killed" || (mishap === "the object evicted" && fault === "slow")) {
      await crash(conversation);
      telegram.letGo(this.#chat);
    } else if (mishap === "the object evicted") await evict(conversation);
    if (fault === "403" && this.#cell.place === "an answer in a dialog") await this.#unblock();
    if (mishap === "the queue's message twice") await pushTo(this.#stage, update);
  }

  /** The person lets the bot in again, once we know that they had blocked it; who was killed does not. */
  async #unblock(): Promise<void> {
    if (this.#cell.mishap !== "the consumer killed") {
      const status = () =>
        env.DB.prepare("SELECT status FROM leads WHERE id = ?").bind(this.#chat).first<string>("status");
      await eventually(async () => (await status()) === "blocked");
      this.#explained = "lead blocked";
    }
    this.#outside.telegram.unblock(this.#chat);
  }

  #explanation(): string | null {
    const isTold = ({ event, leadId }: Logged) => event === "message-uncertain" && leadId === this.#chat;
    return this.#explained ?? this.#outside.logged.find(isTold)?.event ?? null;
  }

  #messages(): readonly string[] {
    const names = Object.entries(SAYINGS);
    return this.#outside.telegram
      .texts(this.#chat)
      .map((text) => names.find(([, words]) => text.includes(words))?.[0] ?? text);
  }

  #sees(message: keyof typeof SAYINGS): Promise<boolean> {
    return eventually(() => this.#messages().includes(message));
  }
}
