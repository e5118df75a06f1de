import { describe, expect, it } from "vitest";
import { accountWorld, labels, userOf } from "./account-world.ts";

const PHONE = { userId: 127, role: "user", phone: "8 918 000-00-77" };
const ADDRESS = {
  userId: 127,
  role: "user",
  location: { country: "Россия", region: "Москва", city: "Москва" },
  eventId: "orders/delivery-address",
  changedBy: "employee",
};

describe("users/update", () => {
  it("answers which fields are other than before, in the names of the wire", async () => {
    const { world } = await accountWorld();

    const result = await world.call("users/update", {
      ...PHONE,
      lastname: "Лиддел",
      firstname: "Алисия",
      patronymic: null,
      email: "alice@example.org",
      active: true,
      location: { city: "Москва" },
    });

    if (!("answer" in result)) throw new Error("There is no answer");
    expect(result.answer).toEqual({
      changed: expect.toSatisfy(
        (changed: string[]) => changed.toSorted().join() === "email,firstname,location,phone",
      ),
    });
  });

  it("tells nobody of what they have changed themself, nor where it is not known who has", async () => {
    const { world, alice } = await accountWorld();
    const before = alice.sees.length;

    await world.call("users/update", { ...PHONE, changedBy: "user" });
    const result = await world.call("users/update", { userId: 127, role: "user", email: "a@example.org" });

    expect(result).toEqual({ outcomes: new Map(), answer: { changed: ["email"] } });
    expect(alice.sees).toHaveLength(before);
  });

  it("tells of what others have changed, by the names a person has for it", async () => {
    const { world, alice } = await accountWorld();
    const second = world.person({ phone: "+79180000001", language: "en" });
    await second.signsIn();

    await world.call("users/update", { ...PHONE, firstname: "Алисия", changedBy: "administrator" });

    expect(alice.last.text).toContain("Администратор сайта изменил данные вашей учётной записи: ");
    expect(alice.last.text).toMatch(/(имя, телефон|телефон, имя)\./);
    expect(second.last.text).toMatch(/The site's administrator has changed .*(first name|phone), /);
    expect(labels(alice.last)).toEqual(["Это неверно"]);
  });

  it("that comes twice is told once", async () => {
    const { world, bob } = await accountWorld();
    const change = { ...PHONE, userId: 1707, changedBy: "employee" };

    await world.call("users/update", change);
    const again = await world.call("users/update", change);

    expect(again).toEqual({ outcomes: new Map(), answer: { changed: [] } });
    expect(bob.sees.filter((text) => text.includes("One of our staff has changed"))).toHaveLength(1);
  });

  it("leads whoever says that it is wrong to where it can be put right; once", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/update", { ...PHONE, changedBy: "administrator" });
    const told = alice.last;

    await alice.taps("Это неверно");
    await alice.taps("Это неверно", told);

    expect(alice.last.text).toContain("Исправить данные можно на сайте");
    expect(alice.last.buttons).toContainEqual({ label: "Открыть сайт", url: "https://site.test" });
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
  });

  it("is known in the chat at once: the new name is in the menu, and the new role has its own", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/update", { userId: 127, role: "administrator", firstname: "Алисия" });
    await alice.types("/menu");

    expect(alice.last.text).toContain("Алисия");
    expect(labels(alice.last)).toContain("Управление сайтом");
  });

  it("tells nothing where the user has signed out, and is made all the same", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/logout");
    const before = alice.sees.length;

    const result = await world.call("users/update", { ...PHONE, changedBy: "administrator" });

    expect(result).toMatchObject({ answer: { changed: ["phone"] } });
    expect(alice.sees).toHaveLength(before);
  });

  it.each(["administrator", "employee"])(
    "says that the account is switched off, and on again, where an %s did it",
    async (changedBy) => {
      const { world, alice, bob } = await accountWorld();
      const change = { role: "user", changedBy };

      await world.call("users/update", { ...change, userId: 127, active: false, firstname: "Алисия" });
      expect(alice.last.text).toContain("Ваша учётная запись на сайте отключена.");
      await world.call("users/update", { ...change, userId: 127, active: true });
      await world.call("users/update", { ...change, userId: 1707, active: false });

      expect(alice.last.text).toBe("Ваша учётная запись на сайте снова включена.");
      expect(labels(alice.last)).toContain("Открыть сайт");
      expect(bob.last.text).toContain("Your account on the site is switched off.");
    },
  );

  it("makes a stranger of whose account is off, until it is on again", async () => {
    const { world, alice } = await accountWorld();
    const seen = async (text: string) => {
      await alice.types(text);
      return { text: alice.last.text, buttons: labels(alice.last) };
    };
    const OFF = expect.stringContaining("Ваша учётная запись на сайте отключена.");
    const strangers = ["Войти", "Открыть сайт", "Помощь"];

    await world.call("users/update", { userId: 127, role: "user", active: false });
    const off = [await seen("/menu"), await seen("/start"), await seen("Есть кто?"), await seen("/pause")];
    await world.call("users/update", { userId: 127, role: "user", active: true });

    for (const answer of off) expect(answer).toEqual({ text: OFF, buttons: strangers });
    expect((await seen("/menu")).buttons).toContain("Выйти");
  });

  it("names the state of the account among the rest where more than that has changed", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/update", { userId: 127, role: "user", active: false });

    await world.call("users/update", { ...PHONE, active: true, changedBy: "employee" });

    expect(alice.last.text).toMatch(/состояние учётной записи, телефон|телефон, состояние учётной записи/);
  });

  it("takes what systems send where they have nothing to say, and an event's id as a number", async () => {
    const { world, alice } = await accountWorld();
    const before = alice.sees.length;

    const unsaid = { active: null, eventId: null, changedBy: null };
    const result = await world.call("users/update", { ...PHONE, ...unsaid });
    expect(result).toMatchObject({ answer: { changed: ["phone"] } });
    expect(alice.sees).toHaveLength(before);
    await world.call("users/update", {
      ...PHONE,
      email: "a@example.org",
      eventId: 5,
      changedBy: "employee",
    });

    expect(alice.last.text).toContain("электронная почта");
  });

  it("waits through a pause, and is counted by its kind", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/pause", { userId: 127, until: null });
    await world.call("users/update", { ...PHONE, changedBy: "administrator" });
    expect(alice.last.text).toContain("не побеспокою");

    await alice.types("/resume");

    expect(alice.last.text).toContain("• Изменения ваших данных: 1");
  });

  it.each([
    ["a misspelt name", { ...PHONE, surname: "Л" }, "surname"],
    ["no role", { userId: 127 }, "role"],
    ["somebody unknown who changed it", { ...PHONE, changedBy: "robot" }, "changedBy"],
    ["a place with a street", { ...PHONE, location: { street: "Арбат" } }, "street"],
  ])("refuses %s, and says what is wrong", async (_, params, name) => {
    const { world } = await accountWorld();

    await expect(world.call("users/update", params)).rejects.toThrow(name);
  });
});

describe("a delivery address that others have corrected", () => {
  it("is shown in one line, and confirmed", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/update", ADDRESS);
    expect(alice.last.text).toBe("📦 Мы уточнили ваш адрес доставки: Россия, Москва. Всё верно?");
    await alice.taps("Да, верно");

    expect(alice.last.text).toBe("Спасибо! Так и доставим.");
  });

  it("can be put right in the chat: the right one goes to the helpdesk", async () => {
    const { world, bob } = await accountWorld();
    await world.call("users/update", { ...ADDRESS, userId: 1707 });

    await bob.taps("No");
    await bob.types("   ");
    expect(bob.last.text).toContain("empty or longer than 500");
    await bob.types("Baker Street 221b");

    expect(bob.last.text).toContain("I have passed it on");
    expect(world.system.requests).toMatchObject([
      {
        userId: "1707",
        title: "Wrong delivery address: “Россия, Москва”. The right one: Baker Street 221b",
      },
    ]);
  });

  it("can be left as it is", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/update", ADDRESS);
    await alice.taps("Нет");

    await alice.taps("Оставить как есть");

    expect(alice.last.text).toBe("Хорошо, оставляем как есть.");
    expect(world.system.requests).toEqual([]);
  });

  it("is named like any other field at another event, and not told where it stays as it is", async () => {
    const { world, alice } = await accountWorld();
    const before = alice.sees.length;

    await world.call("users/update", { ...ADDRESS, location: {} });
    expect(alice.sees).toHaveLength(before);
    await world.call("users/update", { ...ADDRESS, eventId: "profile/edit" });

    expect(alice.last.text).toBe("✏️ Наш сотрудник изменил данные вашей учётной записи: адрес.");
  });

  it("that is empty now is no question", async () => {
    const { world, alice } = await accountWorld({ ...userOf("user"), location: { city: "Рига" } });

    await world.call("users/update", { ...ADDRESS, location: null });

    expect(alice.last.text).toBe("✏️ Наш сотрудник изменил данные вашей учётной записи: адрес.");
  });

  it("is put right on the site where there is no helpdesk", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/update", ADDRESS);
    await alice.taps("Нет");
    world.system.fails("knows-no-such");

    await alice.types("Арбат, 53");

    expect(alice.last.text).toContain("Исправить данные можно на сайте");
  });

  it("is put right by nobody who has signed out", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/update", ADDRESS);
    await alice.taps("Нет");
    const question = alice.last;
    await alice.types("/logout");

    await alice.replies(question, "Арбат, 53");

    expect(alice.last.text).toContain("нужно войти");
    expect(world.system.requests).toEqual([]);
  });
});
