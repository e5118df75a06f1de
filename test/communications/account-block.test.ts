import { describe, expect, it } from "vitest";
import { accountWorld, DAY, labels, userOf } from "./account-world.ts";
import { familyWorld } from "./family-world.ts";

const postNew = { postId: 1, authorId: 3, userIds: [127] };
const STRANGERS = ["Войти", "Открыть сайт", "Помощь"];

describe("users/block", () => {
  it("tells the reason in each chat, with the menu for strangers", async () => {
    const { world, alice } = await accountWorld();
    const second = world.person({ phone: "+79180000001", language: "en" });
    await second.signsIn();

    await world.call("users/block", { userId: 127, reason: "Подозрительные <входы>" });

    expect(alice.last.text).toContain(
      "заблокирована администратором.\n\nПричина: Подозрительные <входы>\n\nЕсли",
    );
    expect(labels(alice.last)).toEqual(STRANGERS);
    expect(second.last.text).toContain("An administrator has blocked your account on the site.\n\nReason: ");
    expect(labels(second.last)).toEqual(["Sign in", "Open the site", "Help"]);
  });

  it("without a reason leaves that line out; twice is told once, and with another reason again", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/block", { userId: 127 });
    await world.call("users/block", { userId: 127 });
    expect(alice.last.text).not.toContain("Причина");
    expect(alice.sees.filter((text) => text.includes("заблокирована"))).toHaveLength(1);
    await world.call("users/block", { userId: 127, reason: "Шум" });

    expect(alice.last.text).toContain("Причина: Шум");
  });

  it("takes a reason that the system sends as null for none", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/block", { userId: 127, reason: null });

    expect(alice.last.text).toContain("заблокирована администратором.\n\nЕсли");
  });

  it("is not told in a chat where they have signed out: anybody may read it", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/logout");

    await world.call("users/block", { userId: 127, reason: "Шум" });

    expect(alice.last.text).toContain("Вы вышли");
    expect(alice.sees.join()).not.toContain("Шум");
  });

  it("keeps the news away, and the answers", async () => {
    const { world, alice } = await accountWorld();
    await world.call("post/new", postNew);
    await alice.taps("Ответить");
    await world.call("users/block", { userId: 127, reason: "Шум" });
    const before = alice.sees.length;

    await world.call("post/new", postNew);
    expect(alice.sees).toHaveLength(before);
    await alice.types("Ура!");

    expect(world.system.comments).toEqual([]);
  });

  it.each(["/start", "/menu", "/logout", "/pause", "/resume", "как дела?"])(
    "answers %s with the reason and the menu for strangers",
    async (text) => {
      const { world, alice } = await accountWorld();
      await world.call("users/block", { userId: 127, reason: "Шум" });
      const before = alice.sees.length;

      await alice.types(text);

      expect(alice.sees.slice(before)).toEqual([expect.stringContaining("Причина: Шум")]);
      expect(labels(alice.last)).toEqual(STRANGERS);
    },
  );

  it.each(["/support", "/newsite"])(
    "answers %s with the reason, and asks nobody to sign in",
    async (text) => {
      const { world, alice } = await familyWorld();
      await world.call("users/block", { userId: 127, reason: "Шум" });

      await alice.types(text);

      expect(alice.last.text).toContain("Причина: Шум");
      expect(alice.last.text).not.toContain("нужно войти");
    },
  );

  it("lets nobody in by another chat either", async () => {
    const { world } = await accountWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });
    const second = world.person({ phone: "+79180000001" });

    await second.signsIn();

    expect(second.sees.at(-2)).toContain("Причина: Шум");
    expect(second.phone.shown.at(-2)?.keyboard).toBe("remove");
    expect(labels(second.last)).toEqual(STRANGERS);
    await second.types("/menu");
    expect(second.last.text).toContain("Причина: Шум");
  });

  it("is not told to whoever is signed in there by now", async () => {
    const { world, alice } = await accountWorld();
    world.system.users.push({ ...userOf("user"), userId: "5", phone: "+79180000005" });
    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000005", own: true });
    const before = alice.sees.length;

    await world.call("users/block", { userId: 127, reason: "Шум" });

    expect(alice.sees).toHaveLength(before);
  });
});

describe("users/unblock", () => {
  it("tells, with the menu of the role, and the news come again", async () => {
    const { world, alice } = await accountWorld(userOf("employee"));
    await world.call("users/block", { userId: 127, reason: "Шум" });

    await world.call("users/unblock", { userId: 127 });
    expect(alice.last.text).toBe(
      "Алиса, ваша учётная запись разблокирована, и новости снова будут приходить. Чем помочь?",
    );
    expect(labels(alice.last)).toContain("Для сотрудников");
    await world.call("post/new", postNew);

    expect(alice.last.text).toContain("Мы переезжаем!");
  });

  it("is not told in a chat where they had signed out; they can sign in again", async () => {
    const { world, bob } = await accountWorld();
    await bob.types("/logout");
    await world.call("users/block", { userId: 1707, reason: "Noise" });

    await world.call("users/unblock", { userId: 1707 });

    expect(bob.last.text).toContain("You are signed out");
    await bob.signsIn();
    expect(bob.sees.at(-2)).toContain("You are signed in");
  });

  it("of somebody who is not blocked tells nobody", async () => {
    const { world, alice } = await accountWorld();
    const before = alice.sees.length;

    await world.call("users/unblock", { userId: 127 });

    expect(alice.sees).toHaveLength(before);
  });
});

describe("users/delete", () => {
  it("says nothing, and tells it once, at the next message, with the menu for strangers", async () => {
    const { world, alice } = await accountWorld();
    const before = alice.sees.length;

    await world.call("users/delete", { userId: 127 });
    await world.passes(DAY);
    expect(alice.sees).toHaveLength(before);
    await alice.types("привет");
    expect(alice.last.text).toContain(
      "Ваша учётная запись на сайте удалена, поэтому вход в боте больше не действует.",
    );
    expect(labels(alice.last)).toEqual(STRANGERS);
    await alice.types("привет");

    expect(alice.last.text).toContain("Вы пока не вошли");
    expect(alice.sees.filter((text) => text.includes("удалена"))).toHaveLength(1);
  });

  it("twice is told once; a tap on an old button is answered with it, too", async () => {
    const { world, bob } = await accountWorld();
    await world.call("post/new", { ...postNew, userIds: [1707] });

    await world.call("users/delete", { userId: 1707 });
    await world.call("users/delete", { userId: 1707 });
    await bob.taps("Reply");
    await bob.types("hello?");

    expect(bob.sees.at(-2)).toContain("Your account on the site was deleted, so you are signed out here.");
    expect(bob.last.text).toContain("You are not signed in yet");
    expect(world.system.comments).toEqual([]);
  });

  it("lets them sign in with another account", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/delete", { userId: 127 });
    world.system.users[0] = { ...userOf("user"), userId: "128", firstName: "Алисия" };

    await alice.types("/menu");
    await alice.signsIn();

    expect(alice.last.text).toContain("Алисия");
  });
});
