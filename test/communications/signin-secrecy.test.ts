import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maps } from "../../communications/registry.ts";
import type { SystemUser } from "../../contract/system.ts";
import { bareBot } from "../kit/bot.ts";
import { World } from "../kit/world.ts";
import { HOUR, MINUTE } from "./account-world.ts";
import { user } from "./family-world.ts";
import { otherThan } from "./linking-world.ts";

const vera = { ...user("5", "Вера", "+79180000005"), email: "vera@site.test" };

/** Whom the site may know by the key that is typed; and nobody. */
const sites: readonly (readonly [string, readonly SystemUser[]])[] = [
  ["nobody", []],
  ["a user", [vera]],
  ["a user without a phone", [{ ...vera, phone: "" }]],
  ["a user whose account is off", [{ ...vera, active: false }]],
];

/** Keys that each of these users is known by, or nobody is. */
const key = fc.constantFrom("5", "vera@site.test", "VERA@site.test", "404", "..");

/** What a person may do who never has the right code. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.constant("/signin") },
  { weight: 4, arbitrary: key },
  { weight: 5, arbitrary: fc.constant("a wrong code") },
  fc.constantFrom(
    "Отправить новый код",
    "Войти по-другому",
    "По другому номеру, почте или id",
    "Попробовать ещё раз",
  ),
  fc.constantFrom("the site is silent", "the site refuses", "ten minutes", "an hour", "no SMS leaves"),
);

/** All that somebody sees who does this, where the site has these users; at what time each message came. */
async function seenBy(deeds: readonly string[], users: readonly SystemUser[]) {
  const world = new World(bareBot(maps.account));
  world.system.users.push(...users);
  const stranger = world.person({ phone: "+79180000999" });
  const seen: unknown[] = [];
  for (const done of deeds) {
    const before = stranger.phone.shown.length;
    if (done === "the site is silent") world.system.fails("silent");
    else if (done === "the site refuses") world.system.fails("refuses");
    else if (done === "ten minutes") await world.passes(10 * MINUTE);
    else if (done === "an hour") await world.passes(HOUR);
    else if (done === "no SMS leaves") world.links.fails(1);
    else if (done === "a wrong code") {
      // Wrong for every code that there ever was: of them all, one is typed that is none.
      const sent = world.links.texts.flatMap(({ text }) => /\d{6}/.exec(text)?.[0] ?? []);
      await stranger.types(sent.includes("000000") ? otherThan("000000") : "000000");
    } else if (stranger.phone.shown.some(({ buttons }) => buttons.some(({ label }) => label === done)))
      await stranger.taps(done);
    else await stranger.types(done);
    const said = stranger.phone.shown.slice(before).map(({ html, keyboard, buttons }) => {
      return { html, keyboard, labels: buttons.map(({ label }) => label) };
    });
    seen.push({ said, note: stranger.phone.notes.at(-1), at: world.clock.now() });
  }
  const leadId = world.directory.profileOf(stranger.externalId)?.leadId;
  return { seen, who: world.directory.profileOf(stranger.externalId)?.person ?? null, leadId };
}

describe("what is said before the code is right", () => {
  it("is the same whether or not the site has such a user, with a phone or without, active or not", async () => {
    const deeds = fc.array(deed, { minLength: 2, maxLength: 14 });

    await fc.assert(
      fc.asyncProperty(deeds, async (rest) => {
        const done = ["/signin", ...rest];
        const [nobody, ...others] = await Promise.all(sites.map(([, users]) => seenBy(done, users)));
        for (const other of others) expect(other).toEqual(nobody);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same through all the ways that a code can be wrong", async () => {
    const wrong = Array.from({ length: 5 }, () => "a wrong code");
    const done = [
      "/signin",
      "5",
      ...wrong,
      "Отправить новый код",
      "a wrong code",
      "ten minutes",
      "a wrong code",
    ];

    const [nobody, ...others] = await Promise.all(sites.map(([, users]) => seenBy(done, users)));

    for (const other of others) expect(other).toEqual(nobody);
    expect(nobody?.who).toBeNull();
    expect(JSON.stringify(nobody?.seen)).toContain("Осталось попыток: 1.");
    expect(JSON.stringify(nobody?.seen)).toContain("прошло 10 минут");
  });
});
