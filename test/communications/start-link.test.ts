import { describe, expect, it } from "vitest";
import type { World } from "../kit/world.ts";
import { HOUR, labels, MINUTE } from "./account-world.ts";
import { user } from "./family-world.ts";
import { linkWorld, pageOf } from "./linking-world.ts";

const NOT_ME = "Это не я: выйти";

describe("a link from the site, opened by a stranger", () => {
  it("signs them in, says as whom, offers the way out, and tells the system", async () => {
    const { world, stranger, opens } = await linkWorld();

    await opens(world.links.startLink("5"));

    expect(stranger.sees.at(-2)).toContain("Готово: этот чат подключён к аккаунту Вера Лиддел.");
    expect(stranger.phone.shown.at(-2)?.keyboard).toBe("remove");
    expect(labels(stranger.last)[0]).toBe(NOT_ME);
    expect(world.directory.profileOf(stranger.externalId)?.person?.userId).toBe("5");
    expect(world.system.connected.has("5")).toBe(true);
  });

  it("is told to the account's other chats, with the name of the new one", async () => {
    const { world, alice, bob, opens } = await linkWorld();

    await opens(world.links.startLink("127"));
    await world.settles();

    expect(alice.last.text).toContain("К вашему аккаунту подключён ещё один чат: Verochka.");
    expect(bob.sees.join()).not.toContain("Another chat");
  });

  it.each([
    ["has ended", (world: World) => void world.links.startLink("5")],
    ["is too old", (world: World) => world.clock.move(11 * MINUTE)],
  ])("lets nobody in that %s while the site was silent", async (_, end) => {
    const { world, stranger, opens } = await linkWorld();
    world.system.fails("silent", "silent", "silent", "silent");
    await opens(world.links.startLink("5"));
    expect(stranger.last.text).toContain("Сайт сейчас не отвечает");

    end(world);
    await world.passes(HOUR);

    expect(stranger.last.text).toContain("Эта ссылка больше не действует");
    expect(world.directory.profileOf(stranger.externalId)?.person).toBeNull();
  });

  it("is for the bot alone while an operator speaks in the chat", async () => {
    const { world, alice, opens } = await linkWorld();
    const token = world.links.startLink("127");
    await world.directory.port.setTraits(1, { withOperator: true });
    await alice.learns({
      address: { botId: "1", channel: "telegram", externalId: alice.externalId },
      wasDeleted: false,
    });

    await alice.types(`/start ${token}`);

    expect(JSON.stringify(world.system.messages)).not.toContain(token);
    expect(alice.last.text).toContain("уже подключён к вашему аккаунту");
    await opens(token);
    await alice.types("/logout");
    expect(world.directory.profileOf(alice.externalId)).toMatchObject({ person: null, withOperator: false });
  });

  it("is left by the button for who is somebody else", async () => {
    const { world, stranger, opens } = await linkWorld();
    await opens(world.links.startLink("5"));

    await stranger.taps(NOT_ME);

    expect(stranger.last.text).toContain("Вы вышли");
    expect(world.directory.profileOf(stranger.externalId)?.person).toBeNull();
    expect(world.system.connected.has("5")).toBe(false);
  });

  it("speaks English with whom Telegram speaks English", async () => {
    const { world } = await linkWorld();
    const carroll = world.person({ firstName: "Carroll", language: "en" });

    await carroll.types(`/start ${world.links.startLink("5")}`);

    expect(carroll.sees.at(-2)).toContain("Done: this chat is connected to the account Вера Лиддел.");
    expect(labels(carroll.last)[0]).toBe("That is not me: sign out");
  });

  it("ends the question for their number: what they type then is no answer to it", async () => {
    const { world, stranger, opens } = await linkWorld();
    await stranger.types("/start");

    await opens(world.links.startLink("5"));
    await stranger.types("привет");

    expect(stranger.last.text).toContain("Меню");
  });

  it("counts once, opened twice: the second time they are told that all is done", async () => {
    const { world, stranger, opens } = await linkWorld();
    const token = world.links.startLink("5");

    await opens(token);
    await opens(token);

    expect(stranger.last.text).toContain("Этот чат уже подключён к вашему аккаунту, Вера.");
    expect(stranger.sees.filter((text) => text.includes("Готово"))).toHaveLength(1);
  });

  it("counts once, whose update comes twice", async () => {
    const { world, stranger } = await linkWorld();
    const argument = world.links.startLink("5");

    await stranger.does({ kind: "command", name: "start", argument }, 3);

    expect(stranger.sees).toHaveLength(2);
  });

  it("is used up: whoever it was forwarded to learns nothing, and how to get one of their own", async () => {
    const { world, opens } = await linkWorld();
    const token = world.links.startLink("5");
    await opens(token);
    const mallory = world.person();

    await mallory.types(`/start ${token}`);

    expect(mallory.last.text).toContain("Эта ссылка уже использована в другом чате");
    expect(mallory.last.text).not.toContain("Вера");
    expect(pageOf(mallory.last, "Мой профиль на сайте").href).toBe("https://site.test/profile");
    expect(labels(mallory.last)).toContain("Войти");
    expect(world.directory.profileOf(mallory.externalId)?.person).toBeNull();
  });

  it.each([
    [
      "after ten minutes",
      async (world: Awaited<ReturnType<typeof linkWorld>>["world"]) => {
        const token = world.links.startLink("5");
        await world.passes(10 * MINUTE);
        return token;
      },
    ],
    ["where it never was one", async () => "x".repeat(32)],
    ["where it is longer than any", async () => "x".repeat(4000)],
  ] as const)("is no longer good %s", async (_, make) => {
    const { world, stranger, opens } = await linkWorld();

    await opens(await make(world));

    expect(stranger.last.text).toContain("Эта ссылка больше не действует");
    expect(world.directory.profileOf(stranger.externalId)?.person).toBeNull();
  });

  it("opens nothing where the account is off, or gone", async () => {
    const { world, stranger, opens } = await linkWorld();
    world.system.users.push({ ...user("6", "Пётр", "+79180000006"), active: false });

    await opens(world.links.startLink("6"));
    await opens(world.links.startLink("404"));

    expect(stranger.sees.at(-2)).toContain("Ваша учётная запись на сайте отключена.");
    expect(stranger.sees.at(-1)).toContain("На сайте больше нет аккаунта, от которого эта ссылка.");
    expect(world.directory.profileOf(stranger.externalId)?.person).toBeNull();
  });

  it("opens nothing where the system answers with somebody else", async () => {
    const { world, stranger, opens } = await linkWorld();
    const { user: look } = world.system.port;
    Object.assign(world.system.port, { user: () => look({ userId: "127" }) });

    await opens(world.links.startLink("5"));

    expect(stranger.last.text).toContain("больше нет аккаунта");
    expect(world.directory.profileOf(stranger.externalId)?.person).toBeNull();
  });

  it("opens nothing but the reason where an administrator has blocked that user", async () => {
    const { world, alice, stranger, opens } = await linkWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });

    await opens(world.links.startLink("127"));

    expect(stranger.sees.at(-2)).toContain("Причина: Шум");
    expect(labels(stranger.last)).not.toContain("Выйти");
    expect(alice.last.text).toContain("Причина: Шум");
  });

  it("waits for a system that is silent, says so, and goes on by itself", async () => {
    const { world, stranger, opens } = await linkWorld();
    world.system.fails("silent", "silent", "silent");

    await opens(world.links.startLink("5"));
    expect(stranger.last.text).toContain("Сайт сейчас не отвечает. Ничего не потеряно");
    await world.passes(HOUR);

    expect(stranger.sees.filter((text) => text.includes("не отвечает"))).toHaveLength(1);
    expect(stranger.sees.at(-2)).toContain("Готово: этот чат подключён к аккаунту Вера Лиддел.");
    expect(world.system.connected.has("5")).toBe(true);
  });

  it("asks whom to be once the system is back, where they have signed in as somebody else meanwhile", async () => {
    const { world, stranger, opens } = await linkWorld();
    world.system.fails("silent", "silent");
    await opens(world.links.startLink("5"));
    world.system.users.push(user("7", "Надя", "+79180000999"));

    await stranger.types(`/start ${world.links.startLink("7")}`);
    await world.passes(HOUR);

    expect(stranger.last.text).toContain("Сейчас вы вошли здесь как Надя");
    expect(world.directory.profileOf(stranger.externalId)?.person?.userId).toBe("7");
  });

  it("signs in at once where the system is silent only when it is told", async () => {
    const { world, stranger, opens } = await linkWorld();
    const { connectBot } = world.system.port;
    let silences = 2;
    Object.assign(world.system.port, {
      connectBot: (...values: Parameters<typeof connectBot>) => {
        silences -= 1;
        if (silences >= 0) world.system.fails("silent");
        return connectBot(...values);
      },
    });

    await opens(world.links.startLink("5"));
    expect(stranger.last.text).toContain("Меню");
    await world.passes(HOUR);

    expect(world.system.connected.has("5")).toBe(true);
    expect(stranger.sees.some((text) => text.includes("не отвечает"))).toBe(false);
  });
});
