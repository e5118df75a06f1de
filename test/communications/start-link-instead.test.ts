import { describe, expect, it } from "vitest";
import { HOUR, labels, MINUTE } from "./account-world.ts";
import { codeIn, linkWorld } from "./linking-world.ts";

const NOT_ME = "Это не я: выйти";

describe("a link from the site, opened by somebody who has signed in", () => {
  it("changes nothing where it is their own", async () => {
    const { world, alice } = await linkWorld();

    await alice.types(`/start ${world.links.startLink("127")}`);

    expect(alice.last.text).toBe(
      "Этот чат уже подключён к вашему аккаунту, Алиса. Больше ничего делать не нужно.",
    );
    expect(labels(alice.last)).not.toContain(NOT_ME);
  });

  it("of somebody else names both, and asks first", async () => {
    const { world, alice, bob } = await linkWorld();

    await alice.types(`/start ${world.links.startLink("5")}`);
    await bob.types(`/start ${world.links.startLink("5")}`);

    expect(alice.last.text).toContain("вошли здесь как Алиса, а ссылка — от аккаунта Вера Лиддел");
    expect(labels(alice.last)).toEqual(["Подключить «Вера Лиддел»", "Оставить как есть"]);
    expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("127");
    expect(bob.last.text).toContain("signed in here as Боб, and the link is of the account Вера Лиддел");
    expect(labels(bob.last)).toEqual(["Connect “Вера Лиддел”", "Leave it as it is"]);
  });

  it("takes the other account's place once they say so, and the system hears of both", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);

    await alice.taps("Подключить «Вера Лиддел»");

    expect(alice.sees.at(-2)).toContain("Готово: этот чат подключён к аккаунту Вера Лиддел.");
    expect(labels(alice.last)[0]).toBe(NOT_ME);
    expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("5");
    expect([...world.system.connected].toSorted()).toEqual(["1707", "5"]);
  });

  it("leaves the system's mark of the other account where it has another chat", async () => {
    const { world, alice } = await linkWorld();
    await world.person({ phone: "+79180000001" }).signsIn();
    await alice.types(`/start ${world.links.startLink("5")}`);

    await alice.taps("Подключить «Вера Лиддел»");

    expect([...world.system.connected].toSorted()).toEqual(["127", "1707", "5"]);
  });

  it("leaves everything as it is once they say that; the buttons work once", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    const question = alice.last;

    await alice.taps("Оставить как есть");
    await alice.taps("Подключить «Вера Лиддел»", question);

    expect(alice.last.text).toBe("Хорошо, всё остаётся как было: вы вошли как Алиса.");
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
    expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("127");
  });

  it("is too old where they say so too late", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);

    await world.passes(10 * MINUTE);
    await alice.taps("Подключить «Вера Лиддел»");

    expect(alice.last.text).toContain("Эта ссылка больше не действует");
    expect(labels(alice.last)).toEqual(["Мой профиль на сайте"]);
    expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("127");
  });

  it("simply signs in where they have signed out before they say so", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    await alice.types("/logout");

    await alice.taps("Подключить «Вера Лиддел»");

    expect(alice.sees.at(-2)).toContain("Готово: этот чат подключён к аккаунту Вера Лиддел.");
  });

  it("asks anew where it is a third account by then", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    const question = alice.last;
    await alice.types("/logout");
    await alice.types("/signin");
    await alice.types("1707");
    await alice.types(codeIn(world));

    await alice.taps("Подключить «Вера Лиддел»", question);

    expect(alice.last.text).toContain("вошли здесь как Боб, а ссылка — от аккаунта Вера Лиддел");
  });

  it("does nothing where they stay, and have signed out meanwhile", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    await alice.types("/logout");

    await alice.taps("Оставить как есть");

    expect(alice.last.text).toContain("Вы ещё не вошли");
  });

  it("waits for a system that is silent as the house does, also where they have said so", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    world.system.fails("silent", "silent");

    await alice.taps("Подключить «Вера Лиддел»");
    expect(alice.last.text).toContain("я повторю сам");
    await world.passes(5 * MINUTE);

    expect(world.directory.profileOf(alice.externalId)?.person?.userId).toBe("5");
  });

  it("connects nobody once an administrator has blocked them, though they were asked before", async () => {
    const { world, alice } = await linkWorld();
    await alice.types(`/start ${world.links.startLink("5")}`);
    await world.call("users/block", { userId: 127, reason: "Шум" });
    const before = alice.sees.length;

    await alice.taps("Подключить «Вера Лиддел»");

    expect(alice.sees.slice(before)).toEqual([expect.stringContaining("Причина: Шум")]);
    expect(world.directory.profileOf(alice.externalId)?.person).toBeNull();
  });

  it("marks nobody in the system who has signed out before that could be told", async () => {
    const { world, stranger, opens } = await linkWorld();
    const { connectBot } = world.system.port;
    let isSilent = true;
    Object.assign(world.system.port, {
      connectBot: (...values: Parameters<typeof connectBot>) => {
        if (isSilent) world.system.fails("silent");
        return connectBot(...values);
      },
    });
    await opens(world.links.startLink("5"));

    await stranger.types("/logout");
    isSilent = false;
    await world.passes(HOUR);

    expect(world.system.connected.has("5")).toBe(false);
  });

  it("is left alone by whom an administrator has blocked", async () => {
    const { world, alice, opens, stranger } = await linkWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });
    const token = world.links.startLink("5");

    await alice.types(`/start ${token}`);
    await opens(token);

    expect(alice.last.text).toContain("Причина: Шум");
    expect(stranger.sees.at(-2)).toContain("Готово");
  });
});
