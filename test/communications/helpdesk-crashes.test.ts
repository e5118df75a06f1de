import { describe, expect, it } from "vitest";
import type { CrashPlan } from "../kit/crashes.ts";
import { helpdeskWorld } from "./helpdesk-world.ts";

const DAY = 24 * 60 * 60_000;
/** More calls to the outside than any deed makes. */
const FURTHEST = 5;

/** Alice writes to an operator, sends something after it, is given back, and rates; the process crashes as planned. */
async function afternoon(plans: readonly CrashPlan[]) {
  const { world, alice } = await helpdeskWorld();
  const before = alice.sees.length;
  const deeds = [
    () => alice.types("/support"),
    () => alice.types("Где моя посылка?"),
    () => alice.types("Номер 42"),
    () => world.call("request/finished", { requestId: 3, userId: 127 }),
    () => alice.taps("⭐⭐⭐⭐⭐ Отлично"),
    () => alice.types("Пришла!"),
  ];
  for (const [at, deed] of deeds.entries()) {
    const plan = plans[at];
    if (plan) world.crashes.plan(plan);
    // A question that was lost on its way has no button to tap.
    await deed().catch(() => {});
    world.crashes.cancel();
    await world.passes(60_000);
  }
  await world.passes(DAY);
  const { requests, messages, ratings } = world.system;
  return { seen: alice.sees.slice(before), requests, messages, ratings, left: alice.begunSteps() };
}

const everyPoint = Array.from({ length: 6 }, (_, deed) =>
  Array.from({ length: FURTHEST }, (_, at) => ({ deed, at })),
).flat();

describe("a crash in a talk with an operator", () => {
  it.each(everyPoint)("after effect $at of deed $deed changes nothing that anybody sees", async (point) => {
    const calm = await afternoon([]);
    const plans: CrashPlan[] = [];
    plans[point.deed] = { at: point.at, side: "after" };

    expect(await afternoon(plans)).toEqual(calm);
  });
});
