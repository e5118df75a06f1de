import { errorFacts } from "../contract/errors.ts";
import { sweepKeys } from "../schema/idempotency.ts";
import { sweepLinks } from "../schema/link-token-store.ts";
import { sweepOld } from "../schema/retention.ts";
import type { House } from "./house.ts";

/** A call that is not through after this long may never have been started. */
const GRACE_MS = 5 * 60 * 1000;
/** Most calls looked after at one time. */
const MOST = 100;

/** What is done every few minutes; one that fails comes again the next time, and stops no other. */
const chores: Readonly<Record<string, (house: House) => Promise<void>>> = {
  "start-unfinished": startUnfinished,
  "sweep-keys": (house) => sweepKeys(house.db, new Date(house.now())),
  "sweep-links": (house) => sweepLinks(house.db, house.now()),
  "sweep-old": (house) => sweepOld(house.db, house.now()),
};

/** Does the chores of the house. Never throws. */
export async function doChores(house: House): Promise<void> {
  await Promise.all(
    Object.entries(chores).map(async ([chore, act]) => {
      try {
        await act(house);
      } catch (error) {
        house.log("chore-failed", { chore, ...errorFacts(error) });
      }
    }),
  );
}

/** Starts broadcasts that a crash kept from starting; one that runs is not disturbed, one that fails disturbs no other. */
async function startUnfinished(house: House): Promise<void> {
  const unfinished = await house.ledger.unfinished(house.now() - GRACE_MS, MOST);
  await Promise.all(
    unfinished.map((call) =>
      house
        .broadcast(call.callId)
        .start(call)
        .catch((error: unknown) =>
          house.log("call-not-started", { callId: call.callId, ...errorFacts(error) }),
        ),
    ),
  );
}
