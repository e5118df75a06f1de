import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CallId } from "../../contract/ports.ts";
import { acceptNews, eventually, ledgerOf, NEWS, setStage } from "./stage.ts";

/** A call that tells so many people on a stage of its own the news, and the first of them. */
export async function newsOn(number: number, people = 1, expiresAt: number | null = null) {
  const stage = await setStage(number, people);
  const [anna = 0] = stage.people;
  const call = await acceptNews(stage, "call", NEWS, expiresAt);
  const outcome = async () => (await ledgerOf(call.callId)).get(anna);
  return { stage, anna, call, outcome };
}

/** The broadcast of a call. */
export function broadcastOf({ callId }: CallId) {
  return env.BROADCASTS.getByName(callId);
}

/** Gives a broadcast another clock; an eviction ends that. */
export function setClock(call: CallId, clock: () => number): Promise<void> {
  return runInDurableObject(broadcastOf(call), (broadcast) => {
    (broadcast as unknown as { clock: () => number }).clock = clock;
  });
}

/** Whether a broadcast has forgotten its call: it is over. */
export function isForgotten(call: CallId): Promise<boolean> {
  return runInDurableObject(broadcastOf(call), (_, { storage }) => [...storage.kv.list()].length === 0);
}

/** Rings a broadcast's alarm until something holds. */
export function ringing(call: CallId, holds: () => Promise<boolean>): Promise<boolean> {
  return eventually(async () => {
    await runDurableObjectAlarm(broadcastOf(call));
    return holds();
  });
}
