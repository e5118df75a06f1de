import { describe, expect, it } from "vitest";
import { dialogsOfBot } from "../../communications/bots.ts";
import { cart, order, plain, shopWorld } from "./shop-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Alice has left the site with something in her cart. */
async function abandoned(afterMinutes?: number) {
  const { world, alice, bob } = await shopWorld();
  world.system.carts.push(cart);
  const minutes = afterMinutes === undefined ? {} : { afterMinutes };
  const result = await world.call("cart/abandoned", { userId: 127, ...minutes });
  return { world, alice, bob, result, before: alice.sees.length };
}

describe("cart/abandoned", () => {
  it("says nothing at once, and reminds of the goods after an hour", async () => {
    const { world, alice, before } = await abandoned();

    await world.passes(59 * MINUTE);
    expect(alice.sees).toHaveLength(before);
    await world.passes(MINUTE);

    expect(plain(alice.last.text)).toBe(`🛒 Ваша корзина ждёт вас:

• Перья гусиные × 3 — 1 050 ₽
• Бумага <верже> — 890 ₽
Итого: 1 940 ₽

Оформим заказ?`);
    expect(alice.last.buttons.map(({ label }) => label)).toEqual([
      "Напомнить завтра",
      "Уже не нужно",
      "Открыть корзину",
    ]);
  });

  it("waits as long as the call says, and reminds in English those who read it", async () => {
    const { world, bob } = await shopWorld();
    world.system.carts.push({ ...cart, userId: "1707" });
    await world.call("cart/abandoned", { userId: 1707, afterMinutes: 5 });

    await world.passes(5 * MINUTE);

    expect(bob.last.text).toContain("Your cart is waiting for you");
  });

  it("reminds once of what it is told twice, counting from the last time", async () => {
    const { world, alice, before } = await abandoned();

    await world.passes(30 * MINUTE);
    await world.call("cart/abandoned", { userId: 127 });
    await world.passes(59 * MINUTE);
    expect(alice.sees).toHaveLength(before);
    await world.passes(DAY);

    expect(alice.sees).toHaveLength(before + 1);
  });

  it.each([
    ["transaction/thank-you", "paid"],
    ["order/status", "new"],
  ] as const)("is not reminded of after %s of a new order", async (alias, status) => {
    const { world, alice } = await abandoned();
    world.system.orders.push(order(status));

    await world.call(alias, { userId: 127, orderId: 501 });
    await world.passes(DAY);

    expect(alice.sees.filter((text) => text.includes("корзина"))).toEqual([]);
    expect(alice.rows("reminders")).toBe(0);
  });

  it("is reminded of all the same after the news of an order from before", async () => {
    const { world, alice } = await abandoned();
    world.system.orders.push(order("shipped"));

    await world.call("order/status", { userId: 127, orderId: 501 });
    await world.passes(DAY);

    expect(alice.last.text).toContain("корзина ждёт");
  });

  it("is not reminded of where it is empty by then, or somebody else is signed in", async () => {
    const emptied = await abandoned();
    emptied.world.system.carts.length = 0;
    await emptied.world.passes(DAY);
    expect(emptied.alice.sees).toHaveLength(emptied.before);

    const left = await abandoned();
    await left.alice.types("/logout");
    const said = left.alice.sees.length;
    await left.world.passes(DAY);
    expect(left.alice.sees).toHaveLength(said);
  });

  it("is reminded of the next day at ten, three times at most, as often as one asks for it", async () => {
    const { world, alice } = await abandoned();
    await world.passes(HOUR);
    const moscowMorning = Date.UTC(2026, 0, 2, 7);

    for (let day = 0; day < 3; day += 1) {
      await alice.taps("Напомнить завтра");
      expect(alice.last.text).toBe("Хорошо, напомню завтра в 10:00.");
      await world.passes(moscowMorning + day * DAY - world.clock.now() - MINUTE);
      expect(alice.last.text).toContain("напомню завтра");
      await world.passes(MINUTE);
      expect(alice.last.text).toContain("корзина ждёт");
    }

    expect(alice.last.buttons.map(({ label }) => label)).toEqual(["Уже не нужно", "Открыть корзину"]);
  });

  it("is not reminded of any more by who does not need it, whatever they tap after that", async () => {
    const { world, alice } = await abandoned();
    await world.passes(HOUR);
    const reminder = alice.last;

    await alice.taps("Уже не нужно", reminder);
    await alice.taps("Напомнить завтра", reminder);
    await world.passes(3 * DAY);

    expect(alice.last.text).toBe("Хорошо, об этой корзине больше не напоминаю, пока вы к ней не вернётесь.");
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
  });

  it("is not reminded of by who does not need it, though the site has told of it once more", async () => {
    const { world, alice } = await abandoned();
    await world.passes(HOUR);
    await world.call("cart/abandoned", { userId: 127 });

    await alice.taps("Уже не нужно");
    await world.passes(DAY);

    expect(alice.last.text).toContain("больше не напоминаю");
    expect(alice.rows("reminders")).toBe(0);
  });

  it("plans no reminder for who comes back from a pause and has ordered meanwhile", async () => {
    const { world, alice } = await shopWorld();
    world.deploys(dialogsOfBot("1"));
    world.system.carts.push(cart);
    await alice.types("/pause");
    await alice.taps("Пока не вернусь");
    await world.call("cart/abandoned", { userId: 127 });
    world.system.carts.length = 0;

    await alice.types("/resume");
    await alice.taps("Показать");
    await world.passes(MINUTE);
    world.system.carts.push(cart);
    await world.passes(DAY);

    expect(alice.sees.join()).not.toContain("корзина ждёт");
    expect(world.reported).toContainEqual(
      expect.objectContaining({ outcome: { state: "expired", reason: "outdated" } }),
    );
  });

  it("is reminded of a little later, once, where the system is silent when the time has come", async () => {
    const { world, alice, before } = await abandoned();
    world.system.fails("silent", "silent");

    await world.passes(DAY);

    expect(alice.sees.slice(before).filter((text) => text.includes("корзина"))).toHaveLength(1);
  });

  it("is refused for a user whom nobody knows, and for a time beyond a week", async () => {
    const { world } = await shopWorld();
    const { params } = world.dialogs.communications.find(({ alias }) => alias === "cart/abandoned") ?? {};

    expect(await world.call("cart/abandoned", { userId: 5 })).toEqual({ refused: "user-not-found" });
    expect(params?.safeParse({ userId: 127, afterMinutes: 10_081 }).success).toBe(false);
    expect(params?.safeParse({ userId: 127, afterMinutes: 0 }).success).toBe(false);
  });
});
