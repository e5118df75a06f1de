import { describe, expect, it } from "vitest";
import { askedOf, visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

const PUSHKIN = {
  userId: 127,
  role: "user",
  lastname: "Пушкин",
  firstname: "Александр",
  patronymic: "Сергеевич",
  active: true,
  phone: "79187777777",
  email: "address@domain.ru",
  location: { country: "Россия", region: "Ставропольский край", city: "Ставрополь" },
};

describe("one's own profile", () => {
  it("tells the bot of an edit, as the user's own (requirements 9 and 24)", async () => {
    const world = await startWorld();
    const alexander = visitor(world, 127);

    const sent = await alexander.sendFrom("/profile", "/profile", { city: "Псков", patronymic: "" });

    expect(sent.headers.get("location")).toBe("/profile");
    const location = { ...PUSHKIN.location, city: "Псков" };
    const who = { eventId: "profile", changedBy: "user" };
    await expect
      .poll(() => askedOf(world))
      .toEqual([["users/update", { ...PUSHKIN, patronymic: "", location, ...who }]]);
    expect((await world.api("/user?userId=127")).body).toMatchObject({ patronymic: null, location });
    await expect.poll(() => alexander.told("/profile")).toEqual(["users/update sent: Бот пишет в Telegram"]);
  });

  it("tells the bot nothing where nothing was changed", async () => {
    const world = await startWorld();
    const alexander = visitor(world, 127);

    await alexander.sendFrom("/profile", "/profile");
    await alexander.sendFrom("/profile", "/profile", {
      email: "ADDRESS@domain.ru",
      phone: "8 918 777-77-77",
    });
    await alexander.sendFrom("/profile", "/profile", { city: "Псков" });
    await alexander.sendFrom("/profile", "/profile", { city: "Псков" });

    await expect.poll(() => world.bot.calls.length).toBe(1);
    expect(await alexander.told("/profile")).toHaveLength(1);
  });

  it.each([
    [{ phone: "12" }, "Телефон: номер не разобрать"],
    [{ phone: "+7 916 123-45-67" }, "Этот телефон уже у другого человека"],
    [{ email: "Anna@example.org" }, "Эта почта уже у другого человека"],
    [{ email: "нет" }, "Электронная почта: адрес не разобрать"],
    [{ phone: "", email: "" }, "Телефон: нужен телефон или почта"],
    [{ name: " " }, "Имя: напишите хоть слово"],
    [{ city: "я".repeat(101) }, "Город: слишком длинно"],
  ])("says what is wrong with %o, keeps what was typed and changes nothing", async (wrong, problem) => {
    const world = await startWorld();
    const fields = { surname: "Пушкин-<младший>", ...wrong };

    const sent = await visitor(world, 127).sendFrom("/profile", "/profile", fields);

    expect(sent.status).toBe(422);
    const page = await sent.text();
    expect(page).toContain(problem);
    expect(page).toContain("Пушкин-&lt;младший&gt;");
    expect((await world.api("/user?userId=127")).body).toMatchObject({ surname: "Пушкин" });
    expect(world.bot.calls).toEqual([]);
  });

  it("lets nobody give themself a role", async () => {
    const world = await startWorld();

    await visitor(world, 127).sendFrom("/profile", "/profile", { role: "admin", city: "Псков" });

    expect((await world.api("/user?userId=127")).body).toMatchObject({ role: "user" });
  });

  it("does not call the bot back about what the bot told", async () => {
    const world = await startWorld();

    await world.api("/user/connect-bot", { userId: 127 });
    await world.api("/user/disconnect-bot", { userId: 127 });
    await world.api("/post", { authorId: 127, text: "После этого" });

    await expect.poll(() => askedOf(world).map(([alias]) => alias)).toEqual(["post/new"]);
    expect(await visitor(world, 127).told("/profile")).toEqual([]);
  });
});
