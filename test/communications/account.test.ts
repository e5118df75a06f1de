import { describe, expect, it } from "vitest";
import { dialogsOfBot } from "../../communications/bots.ts";
import { ChannelRefused } from "../../contract/errors.ts";
import type { Act } from "../../contract/inbound.ts";
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
    expect(labels(alice.last.buttons)).toEqual(["Открыть сайт", "Помощь", "Выйти"]);
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
    expect(labels(bob.last.buttons)).toEqual(["Open the site", "Help", "Sign out"]);
  });
});

describe("the menu", () => {
  it("answers whatever nothing else does", async () => {
    const { alice } = await familyWorld();

    await alice.types("как дела?");
    expect(alice.last.text).toContain("Меню");
    await alice.types("/nonsense");
    expect(alice.last.text).toContain("Меню");
    await alice.does({ kind: "other" });
    expect(alice.last.text).toContain("Меню");
  });

  it("offers a stranger to sign in, and its buttons do what the commands do", async () => {
    const alice = new World(dialogsOfBot("1")).person();
    await alice.types("привет");
    expect(labels(alice.last.buttons)).toEqual(["Войти", "Помощь"]);

    await alice.taps("Помощь");
    expect(alice.last.text).toContain("/logout");
    await alice.taps("Войти");
    expect(alice.last.text).toContain("Поделитесь".toLowerCase());
  });
});

describe("/logout", () => {
  it("signs out, tells the system, and no more news come", async () => {
    const { world, alice } = await familyWorld();

    await alice.types("/logout");

    expect(alice.last.text).toContain("Вы вышли");
    expect([...world.system.connected]).toEqual(["1707"]);
    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    expect(result).toEqual({ outcomes: new Map([["127", { state: "unlinked" }]]) });
  });

  it("signs out at once even where the system is silent, and tells it later", async () => {
    const { world, alice } = await familyWorld();
    world.system.fails("silent");

    await alice.types("/logout");
    expect(alice.sees).toContainEqual(expect.stringContaining("Вы вышли"));
    await alice.types("/menu");
    expect(alice.last.text).toContain("не вошли");
    await world.passes(60_000);

    expect([...world.system.connected]).toEqual(["1707"]);
  });

  it("takes the questions of before along: what the next one types there answers none of them", async () => {
    const { world, alice } = await familyWorld();
    world.system.users.push(user("5", "Вера", "+79180000005"));
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    await alice.taps("Ответить");

    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000005", own: true });
    await alice.types("привет всем");

    expect(world.system.comments).toEqual([]);
    expect(alice.last.text).toContain("Вера");
  });

  it("knows somebody who signs in again", async () => {
    const { world, alice } = await familyWorld();
    await alice.types("/logout");

    await alice.signsIn();

    expect(alice.last.text).toContain("Меню");
    expect(world.system.connected.has("127")).toBe(true);
  });
});

describe("the system's mark", () => {
  const DAY = 24 * 60 * 60_000;

  it("stays where somebody signs in again before the system heard of their leaving", async () => {
    const { world, alice } = await familyWorld();
    world.system.fails("silent", "silent", "silent", "silent");
    await alice.types("/logout");
    await world.passes(4 * 60_000);

    await alice.signsIn();
    await world.passes(DAY);

    expect(world.system.connected.has("127")).toBe(true);
  });

  it("stays as long as the user is signed in in another chat", async () => {
    const { world, alice } = await familyWorld();
    const second = world.person({ phone: "+79180000001" });
    await second.signsIn();

    await alice.types("/logout");
    expect(world.system.connected.has("127")).toBe(true);
    await second.types("/logout");

    expect(world.system.connected.has("127")).toBe(false);
  });

  it("comes later, and quietly, where the system is silent: the person is signed in at once", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const alice = world.person({ phone: "+79180000001" });
    await alice.types("/start");
    const { connectBot } = world.system.port;
    let silences = 3;
    Object.assign(world.system.port, {
      connectBot: (...values: Parameters<typeof connectBot>) => {
        silences -= 1;
        if (silences >= 0) world.system.fails("silent");
        return connectBot(...values);
      },
    });

    await alice.sharesContact();
    expect(alice.last.text).toContain("Меню");
    await alice.types("/menu");
    expect(alice.last.text).toContain("Алиса");
    await world.passes(DAY);

    expect(world.system.connected.has("127")).toBe(true);
    expect(alice.sees.some((text) => text.includes("не отвечает"))).toBe(false);
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

describe("a message that the messenger refuses", () => {
  it("is not silence: the person is told", async () => {
    const { alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelRefused("Bad Request: Wrong HTTP URL") });

    await alice.types("/menu");

    expect(alice.last.text).toContain("не получилось");
  });
});

describe("a bot whose secrets were sealed anew", () => {
  it("goes on in chats that were open before", async () => {
    const { world, alice } = await familyWorld();
    world.bot = { ...world.bot, channelToken: "sealed with another key" };
    alice.crashes();

    await alice.types("/help");

    expect(alice.last.text).toContain("/logout");
  });
});

describe("updates", () => {
  it("that come twice are answered once", async () => {
    const { alice } = await familyWorld();
    const before = alice.sees.length;

    await alice.does({ kind: "command", name: "help", argument: "" }, 3);

    expect(alice.sees).toHaveLength(before + 1);
  });

  it("that were stored in a shape that is not read any more stop nothing after them", async () => {
    const { world, alice } = await familyWorld();
    const act = { kind: "of-tomorrow" } as unknown as Act;

    await alice.does(act);
    await alice.types("/help");

    expect(alice.last.text).toContain("/logout");
    expect(world.logged).toContain("update-dropped");
  });
});
