import { describe, expect, it } from "vitest";
import { dialogsOfBot } from "../../communications/bots.ts";
import { World } from "../kit/world.ts";
import { familyWorld, user } from "./family-world.ts";

const labels = (buttons: readonly { readonly label: string }[]) => buttons.map(({ label }) => label);

describe("signing in by phone", () => {
  it("offers a stranger the button that shares their number", async () => {
    const alice = new World(dialogsOfBot("1")).person();

    await alice.types("/start");

    expect(alice.last.text).toContain("Здравствуйте, Алиса!");
    expect(alice.last.keyboard).toEqual({ askContact: "📱 Поделиться номером" });
  });

  it("greets by the system's name, tells the system, and shows the menu", async () => {
    const { world, alice } = await familyWorld();

    expect(alice.sees.slice(-2)[0]).toContain("Рад встрече, Алиса!");
    expect(alice.sees.slice(-2)[1]).toContain("Меню");
    expect(alice.phone.shown.at(-2)?.keyboard).toBe("remove");
    expect(labels(alice.last.buttons)).toEqual(expect.arrayContaining(["Открыть сайт", "Помощь", "Выйти"]));
    expect([...world.system.connected]).toEqual(["127", "1707"]);
  });

  it("does not take somebody else's number", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const mallory = world.person({ phone: "+79189999999" });
    await mallory.types("/start");

    await mallory.sharesContact("+79180000001");

    expect(mallory.last.text).toContain("Это чужой номер");
    expect(world.system.connected.size).toBe(0);
  });

  it("asks for the button where a number is typed", async () => {
    const alice = new World(dialogsOfBot("1")).person();
    await alice.types("/start");

    await alice.types("+79180000001");

    expect(alice.last.text).toContain("нажмите кнопку");
  });

  it("registers a number that the system does not know", async () => {
    const world = new World(dialogsOfBot("1"));
    const alice = world.person({ phone: "+79180000001" });
    await alice.types("/start");
    await alice.sharesContact();
    expect(alice.sees.at(-2)).toContain("нет пользователя с номером +79180000001");
    expect(alice.phone.shown.at(-2)?.keyboard).toBe("remove");

    await alice.taps("Зарегистрироваться");
    await alice.types("12345");
    expect(alice.last.text).toContain("имя и фамилию словами");
    await alice.types("Алиса Лиддел");

    expect(world.system.users).toMatchObject([
      { firstName: "Алиса", lastName: "Лиддел", phone: "+79180000001" },
    ]);
    expect(world.system.connected.size).toBe(1);
    expect(alice.sees.at(-2)).toContain("Рад встрече, Алиса!");
  });

  it("says that the site is silent, and goes on from there", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const alice = world.person({ phone: "+79180000001" });
    await alice.types("/start");
    world.system.fails("silent");

    await alice.sharesContact();
    expect(alice.last.text).toContain("Сайт сейчас не отвечает");
    await alice.sharesContact();

    expect(alice.last.text).toContain("Меню");
  });

  it("does not let in whom the system has switched off", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push({ ...user("127", "Алиса", "+79180000001"), active: false });
    const alice = world.person({ phone: "+79180000001" });

    await alice.signsIn();

    expect(alice.last.text).toContain("отключена");
    expect(world.system.connected.size).toBe(0);
  });

  it("speaks English with whom Telegram speaks English", async () => {
    const { bob } = await familyWorld();

    expect(bob.sees[0]).toContain("Hello, Bob!");
    expect(labels(bob.last.buttons)).toEqual(expect.arrayContaining(["Open the site", "Help", "Sign out"]));
  });
});

describe("registering", () => {
  it("twice, out of impatience, makes one user", async () => {
    const world = new World(dialogsOfBot("1"));
    const alice = world.person({ phone: "+79180000009" });
    await alice.types("/start");
    await alice.sharesContact();
    await alice.taps("Зарегистрироваться");
    world.system.fails("silent");
    await alice.types("Алиса Лиддел");

    await alice.types("/start");
    await alice.sharesContact();
    await alice.taps("Зарегистрироваться");
    await alice.types("Алиса Лиддел");
    await world.passes(60 * 60_000);

    expect(world.system.users).toHaveLength(1);
  });
});

describe("a main system that answers with somebody else", () => {
  it("signs nobody in", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const mallory = world.person({ phone: "+79189999999" });
    const { user: look } = world.system.port;
    Object.assign(world.system.port, { user: () => look({ userId: "127" }) });

    await mallory.signsIn();

    expect(mallory.sees.at(-2)).toContain("нет пользователя");
    expect(world.system.connected.size).toBe(0);
  });
});
