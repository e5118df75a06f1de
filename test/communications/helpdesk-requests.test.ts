import { describe, expect, it } from "vitest";
import { helpdeskWorld, request } from "./helpdesk-world.ts";

const accepted = { requestId: 1, userId: 127 };
const message = { ...accepted, text: "Какой у вас <браузер>?", authorName: "Герцогиня" };

describe("request/accepted", () => {
  it("says who works at the request, with a link to it", async () => {
    const { world, alice } = await helpdeskWorld();

    const result = await world.call("request/accepted", accepted);

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent" }]]) });
    expect(alice.last.text).toBe(
      "🛠 Заявка «Не открывается сайт» принята в работу. Исполнитель: Белый Кролик.",
    );
    expect(alice.last.buttons).toEqual([{ label: "Открыть заявку", url: "https://site.test/requests/1" }]);
  });

  it("says it in English to those who read it, and without a name where there is none", async () => {
    const { world, bob } = await helpdeskWorld();
    world.system.requests.push(request({ requestId: "4", userId: "1707", performerName: "" }));

    await world.call("request/accepted", { requestId: 2, userId: 1707 });
    await world.call("request/accepted", { requestId: 4, userId: 1707 });

    expect(bob.sees.slice(-2)).toEqual([
      "🛠 Your request “Не открывается сайт” has been accepted. Working on it: Белый Кролик.",
      "🛠 Your request “Не открывается сайт” has been accepted.",
    ]);
  });

  it("names a request with a long title by its beginning", async () => {
    const { world, alice } = await helpdeskWorld();
    world.system.requests.push(request({ requestId: "4", title: "Слово ".repeat(600) }));

    await world.call("request/accepted", { requestId: 4, userId: 127 });

    expect(alice.last.text).toMatch(/^🛠 Заявка «Слово .{40,60}…» принята в работу\./);
  });

  it("is not told any more to whoever was away until the request was finished", async () => {
    const { world } = await helpdeskWorld();
    const { refresh } = world.dialogs.find("request/accepted") ?? {};
    const finished = request({ requestId: "4", status: "finished" });
    world.system.requests.push(finished);

    expect(await refresh?.({ request: request() }, world.system.port)).toEqual({ request: request() });
    expect(await refresh?.({ request: finished }, world.system.port)).toBeNull();
  });
});

describe.each(["request/accepted", "request/finished", "request/message"])("%s", (alias) => {
  it("is refused for a user or a request that nobody knows, and for a request of somebody else", async () => {
    const { world } = await helpdeskWorld();
    const text = alias === "request/message" ? { text: "Привет" } : {};

    const results = [
      await world.call(alias, { requestId: 1, userId: 5, ...text }),
      await world.call(alias, { requestId: 7, userId: 127, ...text }),
      await world.call(alias, { requestId: 2, userId: 127, ...text }),
    ];

    expect(results).toEqual([
      { refused: "user-not-found" },
      { refused: "request-not-found" },
      { refused: "request-not-found" },
    ]);
  });
});

describe("request/message", () => {
  it("brings an operator's words, and takes the answer back", async () => {
    const { world, alice } = await helpdeskWorld();

    await world.call("request/message", message);
    expect(alice.last.text).toBe("👤 Герцогиня по заявке «Не открывается сайт»:\n\nКакой у вас <браузер>?");
    await alice.taps("Ответить");
    await alice.types("Огненная лиса");

    expect(world.system.messages).toEqual([{ requestId: "1", userId: "127", text: "Огненная лиса" }]);
    expect(alice.last.text).toBe("Передал.");
  });

  it("takes a reply to the message as an answer, in English too", async () => {
    const { world, bob } = await helpdeskWorld();
    await world.call("request/message", { requestId: 2, userId: 1707, text: "Hello?" });
    expect(bob.last.text).toBe("👤 Белый Кролик on your request “Не открывается сайт”:\n\nHello?");

    await bob.replies(bob.last, "Yes, please");

    expect(world.system.messages).toEqual([{ requestId: "2", userId: "1707", text: "Yes, please" }]);
  });

  it("is answered by nobody but whose request it is: not by who is signed in there by now", async () => {
    const { world, alice } = await helpdeskWorld();
    await world.call("request/message", message);
    const told = alice.last;
    await world.call("request/message", message);
    await alice.types("/logout");
    await alice.taps("Ответить", told);
    expect(alice.last.text).toContain("нужно войти");
    const second = alice.phone.shown.findLast(({ text }) => text.startsWith("👤"));
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000002", own: true });

    await alice.taps("Ответить", second);
    expect(alice.last.text).toContain("Эта заявка другой учётной записи");

    expect(world.system.messages).toEqual([]);
  });

  it("keeps the answers to two requests apart", async () => {
    const { world, alice } = await helpdeskWorld();
    world.system.requests.push(request({ requestId: "4", title: "Другая" }));
    await world.call("request/message", message);
    const first = alice.last;
    await world.call("request/message", { ...message, requestId: 4 });

    await alice.taps("Ответить", first);
    await alice.types("к первой");

    expect(world.system.messages.map(({ requestId, text }) => [requestId, text])).toEqual([
      ["1", "к первой"],
    ]);
  });

  it("says so where the request is closed by the time of the answer", async () => {
    const { world, alice } = await helpdeskWorld();
    await world.call("request/message", message);
    world.system.fails("refuses");

    await alice.replies(alice.last, "Огненная лиса");

    expect(alice.last.text).toContain("уже закрыта");
    expect(world.system.messages).toEqual([]);
  });

  it("passes the answer on once, by itself, when a silent system is back", async () => {
    const { world, alice } = await helpdeskWorld();
    await world.call("request/message", message);
    world.system.fails("silent");

    await alice.replies(alice.last, "Огненная лиса");
    expect(alice.last.text).toContain("Ничего не потеряно");
    await world.passes(60_000);

    expect(world.system.messages).toHaveLength(1);
    expect(alice.last.text).toBe("Передал.");
  });
});
