import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CrashPlan } from "../kit/crashes.ts";
import { accountWorld, HOUR, MINUTE } from "./account-world.ts";
import { user } from "./family-world.ts";
import { codeIn, linkOf, linksOf } from "./linking-world.ts";

/** More calls to the outside than any deed here makes. */
const FURTHEST = 9;

const everyPoint = Array.from({ length: FURTHEST }, (_, at) => ({ at }));

const anyPlan = fc.record({
  at: fc.nat(FURTHEST),
  side: fc.constantFrom("before" as const, "after" as const),
});

async function crashWorld() {
  const known = await accountWorld();
  known.world.system.users.push(user("5", "Вера", "+79180000005"));
  const stranger = known.world.person({ firstName: "Verochka", phone: "+79180000999" });
  await stranger.types("/help");
  const who = () => known.world.directory.profileOf(stranger.externalId)?.person?.userId ?? null;
  /** Does something while the process crashes as planned, and goes on by itself. */
  const during = async (plan: CrashPlan, deed: () => Promise<void>) => {
    known.world.crashes.plan(plan);
    await deed();
    known.world.crashes.cancel();
    await known.world.passes(MINUTE);
  };
  return { ...known, stranger, who, during };
}

describe("a crash", () => {
  it.each(everyPoint)(
    "after call $at of /site shows one PIN, and it is the one that works",
    async ({ at }) => {
      const { world, stranger, during } = await crashWorld();

      await during({ at, side: "after" }, () => stranger.types("/site"));

      const links = linksOf(stranger);
      expect(links).toHaveLength(1);
      const { buid, pin } = linkOf(stranger);
      expect(world.links.triesPin(buid, pin)).toEqual({ kind: "right" });
    },
  );

  it("anywhere in /site, several times over, leaves the newest PIN that is shown the one that works", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPlan, { minLength: 1, maxLength: 3 }), async (plans) => {
        const { world, stranger, during } = await crashWorld();

        for (const plan of plans) await during(plan, () => stranger.types("/site"));

        // A crash right before a message leaves nobody knowing whether it arrived: it is not sent again.
        const shown = stranger.sees.at(-1) ?? "";
        const pin = /PIN: (\d{6})/.exec(shown)?.[1];
        const buid = stranger.phone.shown
          .flatMap(({ buttons }) => buttons)
          .flatMap((button) => ("url" in button ? [new URL(button.url).searchParams.get("buid")] : []))
          .at(-1);
        if (pin && buid) expect(world.links.triesPin(buid, pin)).toEqual({ kind: "right" });
        expect(stranger.sees.filter((text) => text.includes("PIN: ")).length).toBeLessThanOrEqual(
          plans.length,
        );
        expect([stranger.begunSteps(), stranger.dueAt()]).toEqual([0, null]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(everyPoint)(
    "after call $at of a link from the site signs in once, and says so once",
    async ({ at }) => {
      const { world, stranger, who, during } = await crashWorld();
      const token = world.links.startLink("5");

      await during({ at, side: "after" }, () => stranger.types(`/start ${token}`));

      expect(who()).toBe("5");
      expect(stranger.sees.filter((text) => text.includes("Готово: этот чат подключён"))).toHaveLength(1);
      expect(stranger.last.text).toContain("Меню");
      expect(world.system.connected.has("5")).toBe(true);
    },
  );

  it.each(everyPoint)(
    "after call $at of putting one account in another's place does that once",
    async ({ at }) => {
      const { world, alice, during } = await crashWorld();
      await alice.types(`/start ${world.links.startLink("5")}`);

      await during({ at, side: "after" }, () => alice.taps("Подключить «Вера Лиддел»"));

      expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("5");
      expect(alice.sees.filter((text) => text.includes("Готово: этот чат подключён"))).toHaveLength(1);
      expect([...world.system.connected].toSorted()).toEqual(["1707", "5"]);
    },
  );

  it.each(everyPoint)(
    "after call $at of asking for a code sends it once, and it is the one that works",
    async ({ at }) => {
      const { world, stranger, who, during } = await crashWorld();
      await stranger.types("/signin");

      await during({ at, side: "after" }, () => stranger.types("5"));

      expect(world.links.texts).toHaveLength(1);
      expect(stranger.sees.filter((text) => text.includes("Если такой пользователь есть"))).toHaveLength(1);
      await stranger.types(codeIn(world));
      expect(who()).toBe("5");
    },
  );

  it.each(everyPoint)(
    "after call $at of typing the code signs in once, and uses no attempt up",
    async ({ at }) => {
      const { world, stranger, who, during } = await crashWorld();
      await stranger.types("/signin");
      await stranger.types("5");

      await during({ at, side: "after" }, () => stranger.types(codeIn(world)));

      expect(who()).toBe("5");
      expect(stranger.sees.filter((text) => text.includes("Рад встрече, Вера!"))).toHaveLength(1);
      expect(stranger.last.text).toContain("Меню");
      expect(world.system.connected.has("5")).toBe(true);
    },
  );

  it.each(everyPoint)(
    "after call $at of being told that the site has linked them tells it once",
    async ({ at }) => {
      const { world, alice, during } = await crashWorld();
      world.system.connected.delete("127");

      await during(
        { at, side: "after" },
        async () => void (await world.call("account/linked", { leadIds: [1], userId: 127 })),
      );

      expect(alice.sees.filter((text) => text.includes("Готово: сайт и бот"))).toHaveLength(1);
      expect(alice.last.text).toContain("Меню");
      expect(world.system.connected.has("127")).toBe(true);
    },
  );

  it("anywhere on the way through a code never sends one twice, and signs nobody in who has not the right one", async () => {
    const plans = fc.tuple(anyPlan, anyPlan, anyPlan, anyPlan);
    const deeds = ["/signin", "5", "000000", "code"];

    await fc.assert(
      fc.asyncProperty(plans, async (planned) => {
        const { world, stranger, who, during } = await crashWorld();

        for (const [at, done] of deeds.entries()) {
          const plan = planned[at];
          const [text] = world.links.texts;
          const code = /\d{6}/.exec(text?.text ?? "")?.[0] ?? "111111";
          if (plan) await during(plan, () => stranger.types(done === "code" ? code : done));
        }
        await world.passes(HOUR);

        expect(world.links.texts.length).toBeLessThanOrEqual(1);
        if (world.links.texts.length === 0) expect(who()).toBeNull();
        expect(stranger.begunSteps()).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
