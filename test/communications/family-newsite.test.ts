import { describe, expect, it } from "vitest";
import { logout } from "../../communications/account/logout.ts";
import { menu } from "../../communications/account/menu.ts";
import { start } from "../../communications/account/start.ts";
import { newSite } from "../../communications/family-site/newsite.ts";
import { bareBot } from "../kit/bot.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

const DAY = 24 * 60 * 60_000;

/** Alice is signed in. */
async function newWorld() {
  const world = new World(bareBot({ commands: [start, menu, logout, newSite] }));
  world.system.users.push(user("127", "Алиса", "+79180000001"), user("1707", "Боб", "+79180000002"));
  const alice = world.person({ phone: "+79180000001" });
  await alice.signsIn();
  return { world, alice };
}

/** Alice has named her family and its members. */
async function described() {
  const known = await newWorld();
  await known.alice.types("/newsite");
  await known.alice.types("Семья Лидделов");
  await known.alice.types("Алиса Лиддел\n\n  Эдит & Лорина  ");
  return known;
}

describe("/newsite", () => {
  it("asks for the name and the members, shows them, and creates the site", async () => {
    const { world, alice } = await described();
    expect(alice.last.text).toBe(`Проверьте, пожалуйста. Сайт «Семья Лидделов», участников: 2

• Алиса Лиддел
• Эдит & Лорина

Создаём?`);

    await alice.taps("Создать");

    expect(world.system.sites).toMatchObject([
      {
        ownerId: "127",
        name: "Семья Лидделов",
        members: [{ name: "Алиса Лиддел" }, { name: "Эдит & Лорина" }],
      },
    ]);
    expect(alice.last.text).toContain("Сайт «Семья Лидделов» создан");
    expect(alice.last.buttons).toMatchObject([{ label: "Открыть сайт" }]);
  });

  it("speaks English to those who read it", async () => {
    const { world } = await newWorld();
    const bob = world.person({ firstName: "Bob", language: "en", phone: "+79180000002" });
    await bob.signsIn();

    await bob.types("/newsite");
    await bob.types("The Liddells");
    await bob.types("Bob");
    await bob.taps("Create");

    expect(bob.last.text).toBe(
      "🏡 Done! The website “The Liddells” is there. Have a look, and tell your family.",
    );
  });

  it.each(["«Семья Лидделов»", '"Семья Лидделов"', "“Семья Лидделов”"])(
    "knows that the quotes of %s are no part of the name",
    async (named) => {
      const { alice } = await newWorld();
      await alice.types("/newsite");

      await alice.types(named);
      await alice.types("Алиса");

      expect(alice.last.text).toContain("Сайт «Семья Лидделов», участников: 1");
    },
  );

  it("leaves quotes within a name where they are", async () => {
    const { alice } = await newWorld();
    await alice.types("/newsite");

    await alice.types("Дом «Лидделов»");
    await alice.types("Алиса");

    expect(alice.last.text).toContain("Сайт «Дом «Лидделов»»");
  });

  it("takes a typed yes, and names the buttons to who types something else", async () => {
    const { world, alice } = await described();

    await alice.types("Ну не знаю");
    expect(alice.last.text).toContain("Нажмите, пожалуйста, «Создать», «Исправить» или «Отмена».");
    await alice.types("Да!");

    expect(world.system.sites).toHaveLength(1);
    expect(alice.last.text).toContain("создан");
  });

  it("takes a typed no, and a typed wish to change something", async () => {
    const { world, alice } = await described();

    await alice.types("исправить");
    expect(alice.last.text).toContain("Как его назовём?");
    await alice.types("Лидделы");
    await alice.types("Алиса");
    await alice.types("Нет");

    expect(alice.last.text).toContain("сайт не создаю");
    expect(world.system.sites).toEqual([]);
  });

  it("creates one site, however often the button is tapped", async () => {
    const { world, alice } = await described();
    const question = alice.last;

    await alice.taps("Создать", question);
    await alice.taps("Создать", question);

    expect(world.system.sites).toHaveLength(1);
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
  });

  it("can be changed, and cancelled, before anything is created", async () => {
    const { world, alice } = await described();

    await alice.taps("Исправить");
    await alice.types("Лидделы");
    await alice.types("Алиса");
    expect(alice.last.text).toContain("Сайт «Лидделы», участников: 1");
    await alice.taps("Отмена");

    expect(alice.last.text).toContain("сайт не создаю");
    expect(world.system.sites).toEqual([]);
  });

  it("asks again, kindly, for what can't be a name, or members", async () => {
    const { alice } = await newWorld();
    await alice.types("/newsite");

    await alice.types("Я".repeat(101));
    expect(alice.last.text).toContain("не длиннее 100 знаков");
    await alice.types("Лидделы");
    await alice.types(Array.from({ length: 51 }, (_, at) => `Лиддел ${at}`).join("\n"));
    expect(alice.last.text).toContain("от 1 до 50 имён");
    await alice.types("Алиса");

    expect(alice.last.text).toContain("участников: 1");
  });

  it("asks strangers to sign in", async () => {
    const { world } = await newWorld();
    const carol = world.person({ firstName: "Carol", language: "en", phone: "+79180000003" });

    await carol.types("/newsite");

    expect(carol.last.text).toBe("Please sign in to create a family website: /start");
  });

  it("creates nothing for who has signed out meanwhile", async () => {
    const { world, alice } = await described();
    const question = alice.last;
    await alice.types("/logout");

    await alice.taps("Создать", question);

    expect(world.system.sites).toEqual([]);
    expect(alice.last.text).toContain("нужно войти");
  });

  it("is let be after a day of silence, and says so once", async () => {
    const { world, alice } = await described();
    const before = alice.sees.length;

    await world.passes(DAY - 1);
    expect(alice.sees).toHaveLength(before);
    await world.passes(1);
    expect(alice.last.text).toContain("так и не закончили");
    await world.passes(10 * DAY);

    expect(alice.sees).toHaveLength(before + 1);
    expect(alice.rows("runs")).toBe(0);
  });

  it("says so where the system refuses, and offers to change it", async () => {
    const { world, alice } = await described();
    world.system.fails("refuses");

    await alice.taps("Создать");
    expect(alice.last.text).toContain("система их не приняла");
    await alice.taps("Исправить");
    await alice.types("Лидделы");
    await alice.types("Алиса");
    await alice.taps("Создать");

    expect(world.system.sites.map(({ name }) => name)).toEqual(["Лидделы"]);
  });

  it("creates the site once, by itself, when a silent system is back", async () => {
    const { world, alice } = await described();
    world.system.fails("silent", "silent");

    await alice.taps("Создать");
    expect(alice.last.text).toContain("Ничего не потеряно");
    await world.passes(60 * 60_000);

    expect(world.system.sites).toHaveLength(1);
    expect(alice.last.text).toContain("создан");
  });

  it.each([0, 1, 2])("creates one site and says so, though it crashes after effect %i", async (at) => {
    const { world, alice } = await described();
    const before = alice.sees.length;
    world.crashes.plan({ at, side: "after" });

    await alice.taps("Создать");
    world.crashes.cancel();
    await world.passes(60_000);

    expect(world.system.sites).toHaveLength(1);
    expect(alice.sees.slice(before)).toEqual([expect.stringContaining("создан")]);
  });
});
