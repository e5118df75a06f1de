import type { CallbackAnswer } from "./store/callbacks.ts";
import type { Keyboard, Message } from "./store/message.ts";
import type { Sms } from "./store/sms.ts";

/** What a phone is told the moment it happens. `bot` is the bot's username. */
export type PhoneEvent =
  /** A message came, or was edited. */
  | { readonly type: "message"; readonly bot: string; readonly message: Message }
  | { readonly type: "deleted"; readonly bot: string; readonly message_id: number }
  /** The bot was blocked or let in again, or the keyboard at the bottom changed. */
  | {
      readonly type: "chat";
      readonly bot: string;
      readonly blocked: boolean;
      readonly keyboard: Keyboard | null;
    }
  | ({ readonly type: "answer"; readonly bot: string; readonly callback_query_id: string } & CallbackAnswer)
  /** The bot is typing, or the like; shown for five seconds. */
  | { readonly type: "action"; readonly bot: string; readonly action: string }
  /** The bot offers other commands. */
  | { readonly type: "commands"; readonly bot: string }
  | { readonly type: "sms"; readonly sms: Sms }
  /** Everything was forgotten. */
  | { readonly type: "reset" };

/** Brings events to the phones that listen, and to tests that wait. */
export class PhoneLine {
  #listeners = new Map<number, Set<(event: PhoneEvent) => void>>();

  /** Tells a person's phones. */
  publish(user: number, event: PhoneEvent): void {
    for (const listener of [...(this.#listeners.get(user) ?? [])]) listener(event);
  }

  publishToAll(event: PhoneEvent): void {
    for (const user of [...this.#listeners.keys()]) this.publish(user, event);
  }

  /** Listens for a person; gives the function that ends it. */
  listen(user: number, listener: (event: PhoneEvent) => void): () => void {
    const listeners = this.#listeners.get(user) ?? new Set();
    this.#listeners.set(user, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(user);
    };
  }

  /**
   * Waits until `holds` is true, asked now and after every event of that person, or until `ms` have passed, or the
   * asker has gone. Resolves either way.
   */
  until(user: number, ms: number, holds: () => boolean, gone: AbortSignal): Promise<void> {
    if (ms <= 0 || gone.aborted || holds()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", end);
        stop();
        resolve();
      };
      const timer = setTimeout(end, ms);
      const stop = this.listen(user, () => holds() && end());
      gone.addEventListener("abort", end);
    });
  }
}
