import { describe, expect, it } from "vitest";
import { HOUR, labels, MINUTE } from "./account-world.ts";
import { familyWorld } from "./family-world.ts";
import { linksOf, pageOf } from "./linking-world.ts";

const tokenOf = (url: URL) => url.searchParams.get("token") ?? "";

describe("/gathering", () => {
  it("gives a link to the form without a PIN, which names who is in the chat, for that page and an hour", async () => {
    const { world, alice } = await familyWorld();

    await alice.types("/gathering");

    const url = pageOf(alice.last, "Открыть анкету");
    expect(url.href).toMatch(/^https:\/\/site\.test\/gathering\?token=\w{32}$/);
    expect(alice.last.text).toContain("Ссылка действует один час, и она только для вас");
    expect(linksOf(alice)).toEqual([]);
    expect(world.links.identify(tokenOf(url))).toEqual({ leadId: 1, path: "gathering" });
    await world.passes(HOUR - MINUTE);
    expect(world.links.identify(tokenOf(url))).not.toBeNull();
    await world.passes(MINUTE);
    expect(world.links.identify(tokenOf(url))).toBeNull();
  });

  it("is for strangers, too, and speaks English with whom Telegram speaks English", async () => {
    const { world, bob } = await familyWorld();
    const stranger = world.person();

    await stranger.types("/gathering");
    await bob.types("/gathering");

    expect(world.links.identify(tokenOf(pageOf(stranger.last, "Открыть анкету")))).toMatchObject({
      leadId: 3,
    });
    expect(bob.last.text).toContain("The link is good for an hour and for you alone");
    pageOf(bob.last, "Open the form");
  });

  it("ends with what was given out in the chat when they sign out", async () => {
    const { world, alice } = await familyWorld();
    await alice.types("/gathering");
    const token = tokenOf(pageOf(alice.last, "Открыть анкету"));

    await alice.types("/logout");

    expect(world.links.identify(token)).toBeNull();
  });

  it("gives nothing to whom an administrator has blocked", async () => {
    const { world, alice } = await familyWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });

    await alice.types("/gathering");

    expect(alice.last.text).toContain("Причина: Шум");
    expect(alice.last.buttons).toEqual([]);
  });
});

describe("gathering/answered", () => {
  it("repeats what was noted, escaped, and lets it be changed", async () => {
    const { world, alice } = await familyWorld();
    const personId = world.directory.personIdOf(1);

    await world.call("gathering/answered", { personId, guests: 3, wishes: "<b>Самовар</b> & мёд" });

    expect(alice.last.text).toContain("Гостей вместе с вами: 3.\n\nПожелания: <b>Самовар</b> & мёд");
    expect(labels(alice.last)).toEqual(["Изменить ответ"]);
    await alice.taps("Изменить ответ");
    pageOf(alice.last, "Открыть анкету");
  });

  it("leaves out wishes that there are none of, in English too", async () => {
    const { world, alice, bob } = await familyWorld();
    const id = (lead: number) => world.directory.personIdOf(lead);

    await world.call("gathering/answered", { personId: id(1), guests: 1, wishes: " " });
    await world.call("gathering/answered", { personId: id(2), guests: 20 });

    expect(alice.last.text).toBe("Записал, спасибо! Гостей вместе с вами: 1.");
    expect(bob.last.text).toBe("Noted, thank you! Guests, with you among them: 20.");
  });

  it("tells a person who has never signed in", async () => {
    const { world } = await familyWorld();
    const stranger = world.person();
    await stranger.types("/gathering");

    await world.call("gathering/answered", { personId: world.directory.personIdOf(3), guests: 2 });

    expect(stranger.last.text).toContain("Гостей вместе с вами: 2.");
  });

  it("waits for the end of a pause, as news do", async () => {
    const { world, alice } = await familyWorld();
    await alice.types("/pause");
    await alice.taps("На час");
    const before = alice.sees.length;

    await world.call("gathering/answered", { personId: world.directory.personIdOf(1), guests: 2 });
    expect(alice.sees).toHaveLength(before);
    await world.passes(HOUR + MINUTE);

    expect(alice.last.text).toContain("Ответы о празднике: 1");
  });

  it.each([
    { guests: 0 },
    { guests: 21 },
    { guests: 1.5 },
    { guests: 1, wishes: "x".repeat(501) },
    { guests: 1, wish: "" },
  ])("takes nothing like %j", async (wrong) => {
    const { world } = await familyWorld();

    await expect(world.call("gathering/answered", { personId: 1, ...wrong })).rejects.toThrow();
  });
});
