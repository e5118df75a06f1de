import { describe, expect, it } from "vitest";
import { dialogsOfBot } from "../../communications/bots.ts";
import { ChannelRefused } from "../../contract/channel-errors.ts";
import type { Act } from "../../contract/inbound.ts";
import { World } from "../kit/world.ts";
import { familyWorld, user } from "./family-world.ts";

const labels = (buttons: readonly { readonly label: string }[]) => buttons.map(({ label }) => label);

describe("the menu", () => {
  it("is offered where nothing else answers", async () => {
    const { alice } = await familyWorld();
    const before = alice.sees.length;

    await alice.types("как дела?");
    await alice.types("/nonsense");
    await alice.does({ kind: "other" });
    expect(alice.sees.slice(before).map((text) => text.includes("не понял"))).toEqual([true, true, true]);
    await alice.taps("Меню");

    expect(alice.last.text).toContain("Меню\nАлиса");
  });

  it("offers a stranger to sign in, and its buttons do what the commands do", async () => {
    const alice = new World(dialogsOfBot("1")).person();
    await alice.types("привет");
    expect(labels(alice.last.buttons)).toEqual(["Войти", "Открыть сайт", "Помощь"]);

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
    expect(alice.last.text).toContain("не понял");
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
