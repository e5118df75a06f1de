import type { CallId, Ledger } from "../../contract/ports.ts";
import { type Network, telegramRefuses } from "../workers/network.ts";
import { changePorts } from "./queue-by-hand.ts";
import { eventually } from "./stage.ts";

/** Has a broadcast reach some of the ledger otherwise. */
export function changeLedger(call: CallId, change: (ledger: Ledger) => Partial<Ledger>): Promise<void> {
  return changePorts(call.callId, ({ ledger }) => ({ ledger: { ...ledger, ...change(ledger) } }));
}

/** Has one function of a broadcast's ledger fail until it is mended. */
export async function breakLedger(call: CallId, name: "setState" | "settleRest") {
  let isBroken = true;
  await changeLedger(call, (ledger) => ({
    [name]: (...values: never[]) =>
      isBroken ? Promise.reject(new Error("D1 is down")) : Reflect.apply(ledger[name], ledger, values),
  }));
  return {
    mend: () => {
      isBroken = false;
    },
  };
}

/** Has the word that a call is finished take until it is let go. */
export async function holdTheEnd(call: CallId) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  await changeLedger(call, (ledger) => ({
    setState: async (callId, state, at) => {
      if (state === "finished") {
        held += 1;
        await promise;
      }
      return ledger.setState(callId, state, at);
    },
  }));
  return { letGo: resolve, isHolding: () => eventually(() => held > 0) };
}

/** Has Telegram refuse what goes to a chat until it is told to take it. */
export function refuse(network: Network, chat: number) {
  let isRefused = true;
  network.answerers.unshift(({ body }) =>
    isRefused && body.chat_id === chat ? telegramRefuses(400, "Bad Request: can't parse") : undefined,
  );
  return {
    takes: () => {
      isRefused = false;
    },
  };
}

/** Holds the first message to a chat on its way until it is let go. */
export function holdFirst(network: Network, chat: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  network.answerers.unshift(({ body }) => {
    if (body.chat_id !== chat || held > 0) return undefined;
    held += 1;
    return promise.then(() => Response.json({ ok: true, result: { message_id: 900 } }));
  });
  return { letGo: resolve, isHolding: () => eventually(() => held > 0) };
}

/** Has Telegram ask to wait an hour before the second message to a chat. */
export function refuseSecond(network: Network, chat: number): void {
  let sent = 0;
  network.answerers.unshift(({ body }) => {
    if (body.chat_id !== chat) return undefined;
    sent += 1;
    return sent > 1 ? telegramRefuses(429, "Too Many Requests", { retry_after: 3_600 }) : undefined;
  });
}
