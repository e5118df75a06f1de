import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CrashPlan } from "../kit/crashes.ts";
import { familyWorld } from "./family-world.ts";

const comment = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127] };
const DAY = 24 * 60 * 60 * 1000;

/** Alice gets a comment, answers it, asks for help, and signs out; the process crashes as planned. */
async function evening(plans: readonly CrashPlan[]) {
  const { world, alice } = await familyWorld();
  const before = alice.sees.length;
  const deeds = [
    () => world.call("comment/new", comment),
    () => alice.taps("Ответить"),
    () => alice.types("Поздравляю!"),
    () => alice.types("/help"),
    () => alice.types("/logout"),
  ];
  for (const [at, deed] of deeds.entries()) {
    const plan = plans[at];
    if (plan) world.crashes.plan(plan);
    // A prompt that was lost on its way has no button to tap.
    await deed().catch(() => {});
    world.crashes.cancel();
    await world.passes(60_000);
  }
  await world.passes(DAY);
  const { comments, connected } = world.system;
  return {
    seen: alice.sees.slice(before),
    comments,
    connected,
    left: alice.begunSteps(),
    due: alice.dueAt(),
  };
}

/** More calls to the outside than any deed makes. */
const FURTHEST = 6;

const everyPoint = Array.from({ length: 5 }, (_, deed) =>
  Array.from({ length: FURTHEST }, (_, at) => ({ deed, at })),
).flat();

describe("a crash", () => {
  it.each(everyPoint)(
    "after effect $at of deed $deed changes nothing that anybody sees",
    async ({ deed, at }) => {
      const calm = await evening([]);
      const plans: CrashPlan[] = [];
      plans[deed] = { at, side: "after" };

      const crashed = await evening(plans);

      expect(crashed).toEqual(calm);
    },
  );

  it("before or after any effects doubles nothing, and leaves nothing undone but what can't be known", async () => {
    const calm = await evening([]);
    const plan = fc.option(
      fc.record({ at: fc.nat(FURTHEST), side: fc.constantFrom("before" as const, "after" as const) }),
      { nil: undefined },
    );

    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 5, maxLength: 5 }), async (plans) => {
        const { seen, comments, connected, left, due } = await evening(plans as CrashPlan[]);

        expect(comments.length).toBeLessThanOrEqual(1);
        // Each message is seen once at the most, and in the order of a calm evening.
        expect(calm.seen.filter((text) => seen.includes(text))).toEqual(
          seen.filter((text) => calm.seen.includes(text)),
        );
        expect(connected.has("127")).toBe(false);
        expect({ left, due }).toEqual({ left: 0, due: null });
      }),
      { numRuns: 300 },
    );
  });
});
