import { describe, expect, it } from "vitest";
import { ChannelBusy } from "../../contract/channel-errors.ts";
import type { Person } from "../kit/person.ts";
import type { World } from "../kit/world.ts";
import { accountWorld, HOUR, labels, MINUTE, userOf } from "./account-world.ts";
import { user } from "./family-world.ts";
import { linkOf, pageOf } from "./linking-world.ts";

/** Alice and Bob are signed in; a stranger got a link and a PIN, and the site has linked that chat to user 5. */
async function linkingWorld() {
  const known = await accountWorld();
  const vera = user("5", "Вера", "+79180000005");
  known.world.system.users.push(vera);
  const stranger = known.world.person({ firstName: "Verochka", phone: "+79180000999" });
  const leadId = (person: Person) => known.world.directory.profileOf(person.externalId)?.leadId ?? 0;
  /** The house tells it; what begins behind that is given its moment. */
  const tell = async (alias: string, params: object) => {
    await known.world.call(alias, params);
    await known.world.passes(1000);
  };
  return { ...known, stranger, leadId, tell, links: () => siteLinks(known.world, stranger, "5") };
}

/** What the house does when the site links a chat: in the directory, and in the conversation. */
async function siteLinks(world: World, person: Person, userId: string): Promise<number> {
  const found = world.system.users.find((one) => one.userId === userId);
  const lead = world.directory.profileOf(person.externalId);
  if (!found || !lead) throw new Error("There is no such user, or no such chat");
  await world.directory.port.signIn(lead.leadId, "1", found);
  const address = { botId: "1", channel: "telegram", externalId: person.externalId } as const;
  await person.learns({ address, wasDeleted: false });
  return lead.leadId;
}

describe("account/linked", () => {
  it("says that site and bot are one account, and whose, with the menu and a way out; the system is told", async () => {
    const { world, stranger, tell, links } = await linkingWorld();
    await stranger.types("/site");
    const leadId = await links();

    await tell("account/linked", { leadIds: [leadId], userId: 5 });

    expect(stranger.sees.at(-2)).toContain("сайт и бот — теперь один аккаунт. Вы вошли как Вера");
    expect(stranger.phone.shown.at(-2)?.keyboard).toBe("remove");
    expect(labels(stranger.last)).toEqual([
      "Это не я: выйти",
      "Открыть сайт",
      "Открыть в Telegram",
      "Пауза",
      "Помощь",
      "Выйти",
    ]);
    expect(world.system.connected.has("5")).toBe(true);
  });

  it("speaks English with whom Telegram speaks English", async () => {
    const { bob, tell, leadId } = await linkingWorld();

    await tell("account/linked", { leadIds: [leadId(bob)], userId: 1707 });

    expect(bob.sees.at(-2)).toContain("the site and the bot are one account now. You are signed in as Боб");
  });

  it("ends the questions that were open in the chat", async () => {
    const { world, stranger, links } = await linkingWorld();
    await stranger.types("/start");
    await stranger.types("/signin");
    await world.call("account/linked", { leadIds: [await links()], userId: 5 });

    await stranger.types("привет");

    expect(stranger.last.text).toContain("Меню");
    expect(world.links.texts).toEqual([]);
  });

  it("is left with the button by who is somebody else: then the system hears of that too", async () => {
    const { world, stranger, tell, links } = await linkingWorld();
    await stranger.types("/site");
    await tell("account/linked", { leadIds: [await links()], userId: 5 });

    await stranger.taps("Это не я: выйти");

    expect(stranger.last.text).toContain("Вы вышли");
    expect(world.system.connected.has("5")).toBe(false);
  });

  it("comes in a pause and in quiet hours, with its menu", async () => {
    const { world, stranger, tell, links } = await linkingWorld();
    world.bot = { ...world.bot, quietHours: { from: "00:00", until: "23:59" } };
    await stranger.types("/pause");
    await stranger.taps("На час");

    await tell("account/linked", { leadIds: [await links()], userId: 5 });

    expect(stranger.sees.at(-2)).toContain("Готово");
    expect(stranger.last.text).toContain("Меню");
  });

  it("is not told where they have signed out by then, or are somebody else", async () => {
    const { world, alice, stranger, links } = await linkingWorld();
    await stranger.types("/site");
    const leadId = await links();
    await stranger.types("/logout");
    const before = stranger.sees.length;

    await world.call("account/linked", { leadIds: [leadId], userId: 5 });
    await siteLinks(world, stranger, "1707");
    await world.call("account/linked", { leadIds: [leadId], userId: 5 });

    expect(stranger.sees).toHaveLength(before);
    expect(world.system.connected.has("5")).toBe(false);
    expect(alice.sees.join()).not.toContain("Вера");
  });

  it("tells who was blocked in the same moment that they are", async () => {
    const { world, stranger, links } = await linkingWorld();
    await stranger.types("/site");
    const leadId = await links();
    await world.call("users/block", { userId: 5, reason: "Шум" });

    await world.call("account/linked", { leadIds: [leadId], userId: 5 });

    expect(stranger.sees.filter((text) => text.includes("Причина: Шум"))).toHaveLength(2);
    expect(stranger.sees.join()).not.toContain("Готово");
    expect(world.system.connected.has("5")).toBe(false);
  });

  it("is told once the messenger takes it, and the system when it is back", async () => {
    const { world, stranger, links } = await linkingWorld();
    await stranger.types("/site");
    const leadId = await links();
    stranger.phone.fails({ error: new ChannelBusy(30) });
    world.system.fails("silent", "silent");

    await world.call("account/linked", { leadIds: [leadId], userId: 5 });
    await world.passes(HOUR);

    expect(stranger.sees.filter((text) => text.includes("Готово"))).toHaveLength(1);
    expect(stranger.sees.join()).not.toContain("не отвечает");
    expect(world.system.connected.has("5")).toBe(true);
  });
});

describe("account/another-chat", () => {
  it("warns the other chats, with the name that the messenger has, and says what to do", async () => {
    const { world, alice, bob } = await linkingWorld();

    await world.call("account/another-chat", { newLeadId: 99, userId: 127, leadName: "<Ева>" });
    await world.call("account/another-chat", { newLeadId: 99, userId: 1707, leadName: "Eve" });

    expect(alice.last.text).toContain("К вашему аккаунту подключён ещё один чат: <Ева>.");
    expect(alice.last.text).toContain("/logout");
    expect(pageOf(alice.last, "Мой профиль на сайте").href).toBe("https://site.test/profile");
    expect(bob.last.text).toContain("Another chat was connected to your account: Eve.");
  });

  it("is not told to the new chat itself", async () => {
    const { world, alice, leadId } = await linkingWorld();
    const before = alice.sees;

    await world.call("account/another-chat", { newLeadId: leadId(alice), userId: 127, leadName: "Алиса" });

    expect(alice.sees).toEqual(before);
  });

  it("is not told to whoever is in that chat by then", async () => {
    const { world, alice, bob } = await linkingWorld();
    const call = { newLeadId: 99, userId: 127, leadName: "Ева" };
    alice.phone.fails({ error: new ChannelBusy(30) });
    await world.call("account/another-chat", call);

    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: bob.facts.phone, own: true });
    await world.passes(MINUTE);

    expect(alice.sees.join()).not.toContain("ещё один чат");
  });
});

describe("account/site-entered", () => {
  it("tells the chat, and how to end it where that was somebody else", async () => {
    const { world, alice, bob, leadId } = await linkingWorld();
    await alice.types("/site");
    const { buid, pin } = linkOf(alice);

    await world.call("account/site-entered", { leadIds: [leadId(alice)], userId: 127 });
    await world.call("account/site-entered", { leadIds: [leadId(bob)], userId: 1707 });

    expect(alice.last.text).toContain(
      "Вы вошли на сайт через бота. Если это были не вы, выйдите здесь: /logout",
    );
    expect(bob.last.text).toContain("You have signed in on the site through the bot.");
    await alice.types("/logout");
    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "expired" });
  });

  it("is not told to whoever has signed out", async () => {
    const { world, alice, leadId } = await linkingWorld();
    await alice.types("/logout");
    const before = alice.sees.length;

    await world.call("account/site-entered", { leadIds: [leadId(alice)], userId: 127 });

    expect(alice.sees).toHaveLength(before);
  });
});

describe("account/pin-over", () => {
  it.each([
    ["burnt", "Кто-то 5 раз ввёл на сайте неверный PIN", "Somebody has entered a wrong PIN 5 times"],
    ["expired", "PIN введён слишком поздно", "The PIN was entered too late"],
  ])("says that it is %s, and gives a new one that works", async (why, russian, english) => {
    const { world, stranger, bob, leadId } = await linkingWorld();
    await stranger.types("/site");

    await world.call("account/pin-over", { leadIds: [leadId(stranger), leadId(bob)], why });
    expect(stranger.last.text).toContain(russian);
    expect(bob.last.text).toContain(english);
    await stranger.taps("Новый PIN", stranger.last);

    const { buid, pin } = linkOf(stranger);
    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "right" });
  });

  it("is not told to whom an administrator has blocked", async () => {
    const { world, alice, leadId } = await linkingWorld();
    await world.call("users/block", { userId: 127 });
    const before = alice.sees.length;

    await world.call("account/pin-over", { leadIds: [leadId(alice)], why: "burnt" });

    expect(alice.sees).toHaveLength(before);
  });
});

describe("the menu of somebody who signs in with their number", () => {
  it("has no way out for somebody else: they have said here who they are", async () => {
    const { alice } = await accountWorld(userOf("user"));

    expect(labels(alice.last)).not.toContain("Это не я: выйти");
  });
});
