import { describe, expect, it } from "vitest";
import { ChannelBusy, ChannelUncertain } from "../../contract/channel-errors.ts";
import { accountWorld, HOUR, labels, MINUTE } from "./account-world.ts";
import { linkOf, linksOf, pageOf } from "./linking-world.ts";

describe("/site", () => {
  it("gives the link as a button and the PIN in a message of its own, to be copied with a tap", async () => {
    const { world, alice } = await accountWorld();

    await alice.types("/site");

    const [link, pin] = alice.phone.shown.slice(-2);
    expect(link?.text).toContain("никому её не пересылайте");
    expect(link && pageOf(link, "Открыть сайт").href).toMatch(/^https:\/\/site\.test\/\?buid=\w{16}$/);
    expect(pin?.html).toMatch(/<code>\d{6}<\/code>/);
    expect(pin?.text).toContain("Он действует 10 минут, до 12:10");
    expect(pin?.text).toContain("Никому не сообщайте его и не пересылайте.");
    expect(labels(alice.last)).toEqual(["Новый PIN"]);
    const { buid, pin: typed } = linkOf(alice);
    expect(world.links.triesPin(buid, typed)).toEqual({ kind: "right" });
  });

  it("speaks English with whom Telegram speaks English", async () => {
    const { bob } = await accountWorld();

    await bob.types("/site");

    expect(bob.sees.at(-2)).toContain("Here is your own link");
    expect(bob.last.text).toContain("good for 10 minutes, until 12:10");
    expect(labels(bob.last)).toEqual(["New PIN"]);
  });

  it("tells a stranger what will happen, and knows them by the same link when they ask again", async () => {
    const { world } = await accountWorld();
    const stranger = world.person();

    await stranger.types("/site");
    await stranger.taps("Новый PIN");

    expect(stranger.sees.at(-2)).toContain("если ещё нет — предложит зарегистрироваться");
    const [first, second] = linksOf(stranger);
    expect(second?.buid).toBe(first?.buid);
    expect(second?.pin).not.toBe(first?.pin);
  });

  it("is what the menu's button does, of those who have signed in and of strangers", async () => {
    const { world, alice } = await accountWorld();
    const stranger = world.person();
    await alice.types("/menu");
    await stranger.types("/menu");

    await alice.taps("Открыть сайт");
    await stranger.taps("Открыть сайт");

    expect([linksOf(alice), linksOf(stranger)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it("is what t.me/<bot>?start=site leads to, for somebody who never wrote before, too", async () => {
    const { world, alice } = await accountWorld();
    const stranger = world.person();

    await alice.types("/start site");
    await stranger.types("/start site");

    expect([linksOf(alice), linksOf(stranger)].map(({ length }) => length)).toEqual([1, 1]);
    expect(stranger.sees).toHaveLength(2);
  });

  it("gives a new PIN in place of the one before, in all chats of that person", async () => {
    const { world, alice } = await accountWorld();
    const second = world.person({ phone: "+79180000001" });
    await second.signsIn();
    await alice.types("/site");
    const before = linkOf(alice);

    await second.types("/site");

    const { buid, pin } = linkOf(second);
    expect(buid).toBe(before.buid);
    expect(world.links.triesPin(buid, before.pin)).toMatchObject({ kind: "wrong" });
    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "right" });
  });

  it("says kindly when the next PIN may be asked for, and gives it then", async () => {
    const { world, alice } = await accountWorld();
    for (let time = 0; time < 10; time += 1) await alice.types("/site");

    await alice.types("/site");
    expect(alice.last.text).toContain("начиная с этого времени: 13:00");
    expect(linksOf(alice)).toHaveLength(10);
    expect(labels(alice.last)).toEqual(["Новый PIN"]);
    await world.passes(HOUR);
    await alice.taps("Новый PIN");

    expect(linksOf(alice)).toHaveLength(11);
  });

  it("gives a PIN that is no longer good after its time", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/site");
    const { buid, pin } = linkOf(alice);

    await world.passes(10 * MINUTE);

    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "expired" });
  });

  it("gives nothing to whom an administrator has blocked, nor where the button is an old one", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/menu");
    await world.call("users/block", { userId: 127, reason: "Шум" });

    await alice.types("/site");
    await alice.types("/start site");
    await alice.taps("Открыть сайт");

    expect(alice.sees.slice(-3).every((text) => text.includes("Причина: Шум"))).toBe(true);
    expect(linksOf(alice)).toEqual([]);
  });

  it("answers an update once, however often it comes", async () => {
    const { alice } = await accountWorld();

    await alice.does({ kind: "command", name: "site", argument: "" }, 3);

    expect(linksOf(alice)).toHaveLength(1);
  });

  it("shows the PIN that works, also where the messenger had to be waited for in between", async () => {
    const { world, alice } = await accountWorld();
    alice.phone.fails({ error: new ChannelBusy(30) });

    await alice.types("/site");
    await world.passes(MINUTE);

    const { buid, pin } = linkOf(alice);
    expect(linksOf(alice)).toHaveLength(1);
    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "right" });
  });

  it("does not send a PIN again that may have arrived", async () => {
    const { world, alice } = await accountWorld();
    const lost = { error: new ChannelUncertain("cut"), sent: true };
    alice.phone.fails(lost, lost);

    await alice.types("/site");
    await world.passes(HOUR);

    expect(linksOf(alice)).toHaveLength(1);
  });
});

describe("the menu", () => {
  it("opens the site in the messenger itself, for those who have signed in", async () => {
    const { world, alice, bob } = await accountWorld();
    const stranger = world.person();
    for (const person of [alice, bob, stranger]) await person.types("/menu");

    const app = "https://site.test/app";
    expect(alice.last.buttons).toContainEqual({ label: "Открыть в Telegram", app });
    expect(bob.last.buttons).toContainEqual({ label: "Open in Telegram", app });
    expect(labels(stranger.last)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
  });
});

describe("/logout", () => {
  it("ends the links and PINs of before, and says so", async () => {
    const { world, alice, bob } = await accountWorld();
    await alice.types("/site");
    const { buid, pin } = linkOf(alice);

    await alice.types("/logout");
    await bob.types("/logout");

    expect(alice.last.text).toContain("Ссылки на сайт и PIN, которые я присылал, больше не действуют.");
    expect(bob.last.text).toContain("The links to the site and the PINs that I sent are no longer good.");
    expect(world.links.triesPin(buid, pin)).toEqual({ kind: "expired" });
  });
});
