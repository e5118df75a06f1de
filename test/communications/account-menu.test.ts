import { describe, expect, it } from "vitest";
import { accountWorld, labels, rows, userOf } from "./account-world.ts";
import { familyWorld } from "./family-world.ts";

const OF_ROLES = ["Для сотрудников", "Управление сайтом"];

describe("the menu of a role", () => {
  it.each([
    ["user", []],
    ["employee", ["Для сотрудников"]],
    ["administrator", ["Управление сайтом"]],
    ["a role that has none: the user's", []],
    ["constructor", []],
  ])("%s", async (role, own) => {
    const { alice } = await accountWorld(userOf(role));

    await alice.types("/menu");

    const menu = labels(alice.last);
    expect(menu[0]).toBe("Открыть сайт");
    expect(menu.filter((label) => OF_ROLES.includes(label))).toEqual(own);
    expect(menu.slice(-3)).toEqual(["Пауза", "Помощь", "Выйти"]);
  });

  it("opens the pages of the site that are for that role", async () => {
    const { alice } = await accountWorld(userOf("administrator"));

    await alice.types("/menu");

    expect(alice.last.buttons).toContainEqual({ label: "Управление сайтом", url: "https://site.test/admin" });
  });

  it("offers commands alone that the bot has, to strangers, in a pause and without one", async () => {
    const { world, alice } = await familyWorld();
    const stranger = world.person();
    await stranger.types("/menu");
    await alice.types("/menu");
    await world.call("users/pause", { userId: 127, until: null });
    await alice.types("/menu");

    const offered = [...stranger.phone.shown, ...alice.phone.shown]
      .flatMap(({ buttons }) => buttons)
      .flatMap((button) => ("data" in button && button.data.startsWith("/") ? [button.data.slice(1)] : []));

    expect(offered).toEqual(expect.arrayContaining(["start", "help", "pause", "resume", "logout"]));
    expect(offered.filter((name) => world.dialogs.command(name) === null)).toEqual([]);
  });
});

describe("/help", () => {
  it("names every command of the map, in both languages", async () => {
    const { world, alice, bob } = await accountWorld();

    await alice.types("/help");
    await bob.types("/help");

    for (const { command } of world.dialogs.commands) {
      expect(alice.last.text).toContain(`/${command} — `);
      expect(bob.last.text).toContain(`/${command} — `);
    }
  });
});

describe("somebody without a first name on the site", () => {
  it("is called by the name that the messenger has", async () => {
    const { world, bob } = await accountWorld();
    await world.call("users/update", { userId: 1707, role: "user", firstname: "" });

    await bob.types("/menu");
    expect(bob.last.text).toContain("Bob, I will send you the news");
    await bob.types("/start");

    expect(bob.last.text).toContain("Welcome back, Bob!");
  });
});

describe("strangers", () => {
  it("may want quiet and come back, too, and are called by the name that the messenger has", async () => {
    const { world } = await accountWorld();
    const stranger = world.person({ firstName: "Carroll", language: "en" });
    await stranger.types("/pause");
    await stranger.taps("An hour");

    await stranger.types("/resume");

    expect(stranger.last.text).toBe("Welcome back, Carroll! I am here again. What can I do for you?");
    expect(labels(stranger.last)).toEqual(["Sign in", "Open the site", "Help"]);
  });
});

describe("the rows of the account map", () => {
  it.each(rows.map((row) => [row.alias, row] as const))(
    "%s: its example call works as printed",
    async (alias, row) => {
      const { world, alice } = await accountWorld();
      const before = alice.sees.length;
      if (alias === "users/resume") await world.call("users/pause", { userId: 127, until: null });
      if (alias === "users/unblock") await world.call("users/block", { userId: 127 });

      const result = await world.call(alias, row.example);

      expect(result).not.toHaveProperty("refused");
      expect(alice.sees.length > before).toBe(alias !== "users/delete");
    },
  );

  it("come through a pause, but for changes of data", () => {
    expect(rows.filter(({ critical }) => !critical).map(({ alias }) => alias)).toEqual(["users/update"]);
  });

  it("stand in three sections, in order, each told in full", () => {
    const sections = rows.map(({ map }) => map.section);

    expect([...new Set(sections)]).toEqual([
      "I. Connecting and disconnecting the bot",
      "II. Changes of the user",
      "III. The site and the bot become one account",
    ]);
    expect(sections.toSorted()).toEqual(sections);
    for (const { map, summary } of rows) {
      expect([summary, ...Object.values(map)].every((text) => text.length > 5)).toBe(true);
    }
  });
});
