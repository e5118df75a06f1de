import { describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { bareBot } from "../kit/bot.ts";
import { helpdeskWorld, talkingWorld } from "./helpdesk-world.ts";

const photo = { kind: "photo", fileId: "f1", width: 1, height: 1, caption: "вот" } as const;
const HOUR = 60 * 60_000;

/** Hands the chat over as something else than "/support" may. */
const operatorCalled = command({
  command: "called",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: (chat) => chat.handOver() },
});

describe("/support", () => {
  it("makes a request of what is asked, and hands the chat over", async () => {
    const { world, alice } = await helpdeskWorld();

    await alice.types("/support");
    expect(alice.last.text).toContain("Опишите одним сообщением");
    await alice.types("Где моя посылка?");

    expect(world.system.requests.at(-1)).toMatchObject({ userId: "127", title: "Где моя посылка?" });
    expect(alice.last.text).toContain("Передал оператору");
    expect(alice.last.buttons.map(({ label }) => label)).toEqual(["Вернуться к боту"]);
  });

  it("asks strangers to sign in", async () => {
    const { world } = await helpdeskWorld();
    const carol = world.person({ firstName: "Carol", language: "en", phone: "+79180000003" });

    await carol.types("/support");

    expect(carol.last.text).toBe("Please sign in to write to us: /start");
    expect(carol.last.buttons.map(({ label }) => label)).toEqual(["Sign in"]);
  });

  it("asks for words where somebody sends a picture", async () => {
    const { world, alice } = await helpdeskWorld();
    const before = world.system.requests.length;
    await alice.types("/support");

    await alice.does({ kind: "media", media: photo });

    expect(alice.last.text).toContain("напишите словами");
    expect(world.system.requests).toHaveLength(before);
  });

  it("is let be by who says so, and by who does not write for an hour", async () => {
    const { world, alice } = await helpdeskWorld();
    const before = world.system.requests.length;

    await alice.types("/support");
    await alice.taps("Отмена");
    await alice.types("/support");
    await world.passes(HOUR);
    await alice.types("Что на обед?");

    expect(world.system.requests).toHaveLength(before);
    expect(alice.last.text).toContain("не понял");
  });

  it("leaves the chat with the bot where the helpdesk refuses", async () => {
    const { world, alice } = await helpdeskWorld();
    await alice.types("/support");
    world.system.fails("refuses");

    await alice.types("Где моя посылка?");
    expect(alice.last.text).toContain("не приняла обращение");
    await alice.types("/menu");

    expect(alice.last.text).toContain("Меню");
  });

  it("says that the talk is under way already", async () => {
    const { alice } = await talkingWorld();

    await alice.types("/support");

    expect(alice.last.text).toContain("уже говорите с оператором");
  });
});

describe("a chat that is with an operator", () => {
  it("takes everything that is written to the request, and the bot is silent", async () => {
    const { world, alice } = await talkingWorld();
    const before = alice.sees.length;

    await alice.types("Номер 42");
    await alice.types("Отправлена в среду");

    expect(world.system.messages).toEqual([
      { requestId: "3", userId: "127", text: "Номер 42" },
      { requestId: "3", userId: "127", text: "Отправлена в среду" },
    ]);
    expect(alice.sees).toHaveLength(before);
  });

  it("says of each picture that only text can be passed on", async () => {
    const { world, alice } = await talkingWorld();
    const before = alice.sees.length;

    await alice.does({ kind: "media", media: photo });
    await alice.does({ kind: "other" });

    expect(world.system.messages).toEqual([]);
    expect(alice.sees.slice(before)).toEqual([
      "Оператору я могу передать только текст. Опишите, пожалуйста, словами.",
      "Пожалуйста, ответьте текстом.",
    ]);
  });

  it("shows the operator's words, and takes the answer to the request that they were about", async () => {
    const { world, alice } = await talkingWorld();

    await world.call("request/message", { requestId: 1, userId: 127, text: "А что с сайтом?" });
    expect(alice.last.text).toContain("А что с сайтом?");
    await alice.types("Работает");

    expect(world.system.messages).toMatchObject([{ requestId: "1", text: "Работает" }]);
  });

  it("keeps what the bot would say until it is taken back", async () => {
    const { world, alice } = await talkingWorld();
    const before = alice.sees.length;

    await world.call("request/accepted", { requestId: 1, userId: 127 });
    expect(alice.sees).toHaveLength(before);
    await alice.types("/bot");

    expect(alice.sees.slice(before)).toEqual([
      "Я снова с вами: разговор с оператором окончен.",
      "🛠 Заявка «Не открывается сайт» принята в работу. Исполнитель: Белый Кролик.",
    ]);
  });

  it("loses nothing while the system is silent", async () => {
    const { world, alice } = await talkingWorld();
    world.system.fails("silent", "silent");

    await alice.types("раз");
    await alice.types("два");
    await world.passes(HOUR);

    expect(world.system.messages.map(({ text }) => text)).toEqual(["раз", "два"]);
  });

  it("becomes a request where it was handed over without one", async () => {
    const { world, alice } = await talkingWorld();
    await alice.types("/bot");
    world.deploys(bareBot({ ...world.dialogs, commands: [...world.dialogs.commands, operatorCalled] }));
    await alice.types("/called");

    await alice.types("раз");
    await alice.types("два");

    expect(world.system.requests.at(-1)).toMatchObject({ requestId: "4", title: "раз" });
    expect(world.system.messages).toMatchObject([{ requestId: "4", text: "два" }]);
  });

  it("comes back to the bot where who talked was signed out meanwhile", async () => {
    const { world, alice } = await talkingWorld();
    for (const news of world.directory.makeChange({ kind: "disconnect", userId: "127" }))
      await alice.learns(news);

    await alice.types("Ау?");

    expect(world.system.messages).toEqual([]);
    expect(alice.last.text).toContain("Вы пока не вошли");
  });

  it("comes back to the bot where the request is closed, and offers to write anew", async () => {
    const { world, alice } = await talkingWorld();
    world.system.fails("refuses");

    await alice.types("Ау?");
    expect(alice.last.text).toContain("уже закрыта");
    await alice.taps("Написать заново");
    await alice.types("Ау ещё раз");

    expect(world.system.requests.at(-1)).toMatchObject({ title: "Ау ещё раз" });
    expect(alice.last.text).toContain("Передал оператору");
  });
});

describe("back to the bot", () => {
  it("by the button: what is written then is for the bot again", async () => {
    const { world, alice } = await talkingWorld();

    await alice.taps("Вернуться к боту");
    expect(alice.last.text).toContain("Я снова с вами");
    await alice.types("Спасибо");

    expect(world.system.messages).toEqual([]);
    expect(alice.last.text).toContain("не понял");
  });

  it("by /bot where it is there already", async () => {
    const { bob } = await helpdeskWorld();

    await bob.types("/bot");

    expect(bob.last.text).toBe("I am here. What can I do for you?");
  });

  it("in English for those who read it", async () => {
    const { world, bob } = await helpdeskWorld();
    await bob.types("/support");
    await bob.types("Where is my parcel?");
    expect(bob.last.text).toContain("I have called an operator");

    await world.call("operator/give-back", { userId: 1707 });

    expect(bob.last.text).toBe("I am back: the talk with the operator is over.");
    expect(bob.last.buttons.map(({ label }) => label)).toEqual(["Menu"]);
  });

  it("does not show during a pause what that keeps", async () => {
    const { world, alice } = await helpdeskWorld();
    await alice.types("/pause");
    await alice.taps("На неделю");
    await world.call("request/accepted", { requestId: 1, userId: 127 });
    await alice.types("/support");
    await alice.types("Где моя посылка?");
    const before = alice.sees.length;

    await alice.types("/bot");
    await world.passes(HOUR);

    expect(alice.sees.slice(before)).toEqual(["Я снова с вами: разговор с оператором окончен."]);
    expect(alice.rows("kept")).toBe(1);
  });

  it("by operator/give-back in every chat that was handed over", async () => {
    const { world, alice } = await talkingWorld();
    const second = world.person({ phone: "+79180000001", language: "en" });
    await second.signsIn();
    await second.types("/support");
    await second.types("And my hat?");

    await world.call("operator/give-back", { userId: 127 });

    expect(alice.last.text).toBe("Я снова с вами: разговор с оператором окончен.");
    expect(second.last.text).toBe("I am back: the talk with the operator is over.");
  });

  it("by operator/give-back, which says so once", async () => {
    const { world, alice } = await talkingWorld();
    const before = alice.sees.length;

    await world.call("operator/give-back", { userId: 127 });
    await world.call("operator/give-back", { userId: 127 });

    expect(alice.sees.slice(before)).toEqual(["Я снова с вами: разговор с оператором окончен."]);
    expect(await world.call("operator/give-back", { userId: 5 })).toEqual({ refused: "user-not-found" });
  });
});

describe("what nothing waits for", () => {
  it("is answered with the menu and the operator; strangers are asked to sign in", async () => {
    const { world, bob } = await helpdeskWorld();
    const carol = world.person({ firstName: "Carol", language: "en", phone: "+79180000003" });

    await bob.types("What is for lunch?");
    await carol.types("What is for lunch?");

    expect(bob.last.text).toBe("Sorry, I did not understand. The menu shows what I can do.");
    expect(bob.last.buttons.map(({ label }) => label)).toEqual(["Menu", "Write to an operator"]);
    expect(carol.last.buttons.map(({ label }) => label)).toContain("Sign in");
  });
});
