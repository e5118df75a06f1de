import { describe, expect, it } from "vitest";
import type { NextAnswer } from "./fake-bot.ts";
import { tab } from "./tab.ts";
import { askedOf } from "./visitor.ts";
import { startWorld } from "./world.ts";

const TOKEN = "Kq3vXw8ZpL5tNbR2cYhM7dJsFgA4eU6o";

/** What the bot says of Eve's token. */
const eve = (more: object = {}): NextAnswer => ({
  body: {
    success: true,
    userId: null,
    personId: 77,
    leadId: 1077,
    leadName: "Ева",
    path: "gathering",
    ...more,
  },
});

/** A site, a browser that came by the bot's link, and what the bot says of its token from now on. */
async function invited(answers: readonly NextAnswer[] = [eve()]) {
  const world = await startWorld();
  world.bot.answers.push(...answers);
  const guest = tab(world);
  await guest.open(`/gathering?token=${TOKEN}`);
  const say = (more: object = {}) => world.bot.answers.push(eve(more));
  const told = () => askedOf(world).filter(([alias]) => alias === "gathering/answered");
  return { world, guest, say, told };
}

describe("the form without a PIN", () => {
  it("knows the person by the bot's link, takes the token out of the address and opens no session", async () => {
    const { world, guest } = await invited();

    const { path, marks, main, headers } = guest.shown();

    expect(path).toBe("/gathering");
    expect(marks).toEqual(expect.arrayContaining(["gathering-form", "gathering-submit"]));
    expect(main).toContain("Ева, сколько вас ждать?");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(askedOf(world)).toEqual([["identify", { token: TOKEN }]]);
    expect([...guest.jar.cookies.keys()]).toEqual(["gathering-token"]);
    expect(guest.jar.seen.join("\n")).toMatch(
      /gathering-token=\w+; Max-Age=3600; Path=\/gathering; HttpOnly/,
    );
    expect(await guest.whoAmI()).toBe("Гость");
  });

  it("keeps the answer, tells the bot and leads back to it", async () => {
    const { guest, say, told } = await invited();
    say({ userId: 1707 });

    const done = await guest.send("/gathering", { guests: "3", wishes: " Без рыбы " });

    expect(done.path).toBe("/gathering/done");
    expect(done.marks).toEqual(expect.arrayContaining(["gathering-done", "to-bot"]));
    await expect
      .poll(told)
      .toEqual([["gathering/answered", { personId: 77, guests: 3, wishes: "Без рыбы" }]]);
    expect(await guest.whoAmI()).toBe("Гость");
  });

  it("counts a form once that is sent twice, and a later answer instead of the earlier", async () => {
    const { guest, say, told } = await invited();
    const form = { ...guest.fieldsOf("/gathering"), guests: "3", wishes: "Чай" };
    say();
    await guest.post("/gathering", form);
    say();
    await guest.post("/gathering", form);
    say();
    await guest.open(`/gathering?token=${TOKEN}`);
    say();

    await guest.send("/gathering", { guests: "5", wishes: "Кофе" });

    await expect.poll(told).toEqual([
      ["gathering/answered", { personId: 77, guests: 3, wishes: "Чай" }],
      ["gathering/answered", { personId: 77, guests: 5, wishes: "Кофе" }],
    ]);
  });

  it("shows nobody who has the link what was answered before", async () => {
    const { world, guest, say } = await invited();
    say();
    await guest.send("/gathering", { guests: "7", wishes: "Без рыбы" });
    const other = tab(world);
    say();

    const shown = await other.open(`/gathering?token=${TOKEN}`);

    expect(shown.marks).toContain("gathering-form");
    expect(other.fieldsOf("/gathering")).toMatchObject({ guests: "1", wishes: "" });
    expect(shown.main).toContain("новый ответ заменит прежний");
    expect(shown.html).not.toContain("Без рыбы");
  });

  it("is for the next one at this browser no more once the answer was sent", async () => {
    const { world, guest, say } = await invited();
    say();
    await guest.send("/gathering", { guests: "3" });

    const next = await guest.open("/gathering");

    expect(next.marks).toContain("gathering-expired");
    expect(next.main).not.toContain("Ева");
    expect(askedOf(world).filter(([alias]) => alias === "identify")).toHaveLength(2);
  });

  it.each([
    ["signed out", "/sign-out", { back: "/" }],
    ["gone on as a guest", "/actor", { userId: "", back: "/" }],
    ["signed in", "/actor", { userId: "127", back: "/" }],
  ])("is for the next one at this browser no more once somebody has %s", async (_, path, fields) => {
    const { guest, say } = await invited();
    await guest.post(path, fields);
    say();

    const next = await guest.open("/gathering");

    expect(next.marks).toContain("gathering-expired");
    expect(next.main).not.toContain("Ева");
  });

  it.each([
    [{ guests: "0" }, "От 1 до 20 человек"],
    [{ guests: "21" }, "От 1 до 20 человек"],
    [{ guests: "1.5" }, "От 1 до 20 человек"],
    [{ guests: "много" }, "От 1 до 20 человек"],
    [{ wishes: "я".repeat(501) }, "не длиннее 500 знаков"],
    [{ formKey: "x" }, "Отправьте ещё раз"],
  ])("says what is wrong with %o and keeps what was written", async (wrong, words) => {
    const { world, guest, say } = await invited();
    say();

    const shown = await guest.send("/gathering", { guests: "2", wishes: "<b>Чай</b>", ...wrong });

    expect(shown.status).toBe(422);
    expect(shown.main).toContain(words);
    expect(shown.main).toContain("wishes" in wrong ? "яяя" : "&lt;b&gt;Чай");
    expect(world.bot.calls).toHaveLength(2);
  });

  it.each([
    ["the bot does not know it", { body: { success: false, errorCode: "link-expired", message: "" } }],
    ["it was made for another page", eve({ path: "orders/501" })],
  ])("opens nothing with a token where %s", async (_why, answer) => {
    const { guest } = await invited([answer]);

    expect(guest.shown()).toMatchObject({ status: 404 });
    expect(guest.shown().marks).toContain("gathering-expired");
    expect(guest.shown().main).toContain("/gathering");
  });

  it("takes nothing with a token that died while the form was open", async () => {
    const { world, guest, told } = await invited();
    world.bot.answers.push({ body: { success: false, errorCode: "link-expired", message: "" } });

    const shown = await guest.send("/gathering", { guests: "3" });

    expect(shown.marks).toContain("gathering-expired");
    expect(told()).toEqual([]);
  });

  it.each(["", "short", `${TOKEN}x`, "' OR 1=1 --"])(
    "asks the bot nothing about no token: %s",
    async (token) => {
      const world = await startWorld();

      const shown = await tab(world).open(`/gathering?token=${encodeURIComponent(token)}`);

      expect(shown.marks).toContain("gathering-expired");
      expect((await tab(world).open("/gathering")).marks).toContain("gathering-expired");
      expect(world.bot.calls).toEqual([]);
    },
  );

  it("can be opened and sent again after silence, with what was written", async () => {
    const { world, guest, say, told } = await invited(["cut", eve()]);
    expect(guest.shown().marks).toContain("gathering-silent");
    await guest.open("/gathering");
    world.bot.answers.push("cut");

    const silent = await guest.send("/gathering", { guests: "4", wishes: "Чай «с мёдом»" });
    say();
    const done = await guest.send("/gathering");

    expect(silent).toMatchObject({ status: 503 });
    expect(silent.marks).toContain("gathering-again");
    expect(done.marks).toContain("gathering-done");
    await expect
      .poll(told)
      .toEqual([["gathering/answered", { personId: 77, guests: 4, wishes: "Чай «с мёдом»" }]]);
  });

  it("does not mix two people in two tabs", async () => {
    const { world, guest, say, told } = await invited();
    const other = guest.another();
    say({ personId: 78, leadName: "Адам" });
    await other.open(`/gathering?token=${TOKEN.replace("K", "L")}`);
    say();

    await guest.send("/gathering", { guests: "3" });

    expect(askedOf(world)[2]).toEqual(["identify", { token: TOKEN }]);
    await expect.poll(told).toEqual([["gathering/answered", { personId: 77, guests: 3, wishes: "" }]]);
  });

  it("is refused from another site, and keeps the token out of every log", async () => {
    const logged: unknown[] = [];
    const world = await startWorld({ log: (...words) => logged.push(...words) });
    const guest = tab(world);
    world.bot.answers.push("cut", { body: { success: true } }, eve());
    await guest.open(`/gathering?token=${TOKEN}`);
    await guest.open("/gathering");
    await guest.open("/gathering");

    const form = { ...guest.fieldsOf("/gathering"), guests: "3" };
    const foreign = await guest.post("/gathering", form, { Origin: "https://evil.example" });

    expect(foreign.status).toBe(403);
    expect(logged).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toContain(TOKEN.slice(0, 6));
    expect(guest.jar.seen.filter((line) => line.includes(TOKEN) && !line.startsWith("set-cookie"))).toEqual([
      `/gathering?token=${TOKEN}`,
    ]);
  });
});
