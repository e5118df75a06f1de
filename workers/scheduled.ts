import type { House } from "./house.ts";

/** A call that is not through after this long may never have been started. */
const GRACE_MS = 5 * 60 * 1000;
/** Most calls looked after at one time. */
const MOST = 100;

/** Starts broadcasts that a crash kept from starting; one that runs is not disturbed. */
export async function startUnfinished(house: House): Promise<void> {
  const unfinished = await house.ledger.unfinished(house.now() - GRACE_MS, MOST);
  await Promise.all(unfinished.map((call) => house.broadcast(call.callId).start(call)));
}
