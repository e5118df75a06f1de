import { describe, expect, it } from "vitest";
import { dialogsOfBot } from "../../communications/bots.ts";
import { order, plain, shopWorld } from "./shop-world.ts";

const thankYou = { userId: 127, orderId: 501 };

describe("transaction/thank-you", () => {
  it("thanks by name, and says what was bought and for how much", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order("paid"));

    const result = await world.call("transaction/thank-you", thankYou);

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent" }]]) });
    expect(plain(alice.last.text)).toBe(`Алиса, спасибо за покупку! 💙

Заказ № 501
• Перья гусиные × 3 — 1 050 ₽
• Бумага <верже> — 890 ₽
Итого: 1 940 ₽

Рады, что вы выбрали нас.`);
    expect(alice.last.buttons).toEqual([{ label: "Открыть заказ", url: "https://site.test/orders/501" }]);
  });

  it("speaks English to those who read it", async () => {
    const { world, bob } = await shopWorld();
    world.system.orders.push({ ...order("paid"), userId: "1707" });

    await world.call("transaction/thank-you", { userId: 1707, orderId: 501 });

    expect(bob.last.text).toContain("thank you for your purchase!");
    expect(plain(bob.last.text)).toContain("Total: RUB 1,940");
  });

  it("is refused for a user or an order that nobody knows, and for an order of somebody else", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push({ ...order("paid"), userId: "1707" });
    const before = alice.sees.length;

    const results = [
      await world.call("transaction/thank-you", { userId: 5, orderId: 501 }),
      await world.call("transaction/thank-you", { userId: 127, orderId: 7 }),
      await world.call("transaction/thank-you", thankYou),
    ];

    expect(results).toEqual([
      { refused: "user-not-found" },
      { refused: "order-not-found" },
      { refused: "order-not-found" },
    ]);
    expect(alice.sees).toHaveLength(before);
  });

  it.each([
    ["tells nothing", "cancelled", 0],
    ["is told once", "shipped", 1],
  ] as const)("%s after a pause of an order that is %s by then", async (_, status, times) => {
    const { world, alice } = await shopWorld();
    world.deploys(dialogsOfBot("1"));
    world.system.orders.push(order("paid"));
    await alice.types("/pause");
    await alice.taps("Пока не вернусь");
    await world.call("transaction/thank-you", thankYou);
    world.system.orders[0] = order(status);

    await alice.types("/resume");
    await alice.taps("Показать");
    await world.passes(60_000);

    expect(alice.sees.filter((text) => text.includes("спасибо за покупку"))).toHaveLength(times);
  });
});

describe("order/status", () => {
  it.each([
    ["new", "Заказ № 501 оформлен"],
    ["paid", "Заказ № 501 оплачен"],
    ["shipped", "Заказ № 501 уже в пути"],
    ["done", "Заказ № 501 выполнен"],
    ["cancelled", "Заказ № 501 отменён"],
  ] as const)("says in plain words that an order is %s, with a link to it", async (status, said) => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order(status));

    await world.call("order/status", thankYou);

    expect(alice.last.text).toContain(said);
    expect(alice.last.buttons.at(-1)).toEqual({
      label: "Открыть заказ",
      url: "https://site.test/orders/501",
    });
  });

  it("says it in English to those who read it", async () => {
    const { world, bob } = await shopWorld();
    world.system.orders.push({ ...order("shipped"), userId: "1707" });

    await world.call("order/status", { userId: 1707, orderId: 501 });

    expect(bob.last.text).toContain("Order no. 501 is on its way to you.");
  });

  it("takes what is wrong with a cancelled order to the helpdesk, once however often the button is tapped", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order("cancelled"));
    await world.call("order/status", thankYou);
    const told = alice.last;

    await alice.taps("Что-то не так", told);
    await alice.taps("Что-то не так", told);
    await alice.types("Я его не отменяла");

    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
    expect(world.system.requests.map(({ userId, title }) => [userId, title])).toEqual([
      ["127", "Заказ № 501 отменён. Покупатель пишет: Я его не отменяла"],
    ]);
    expect(alice.last.text).toContain("передал в службу поддержки");
  });

  it("takes a reply to the message as what is wrong with a cancelled order", async () => {
    const { world, bob } = await shopWorld();
    world.system.orders.push({ ...order("cancelled"), userId: "1707" });
    await world.call("order/status", { userId: 1707, orderId: 501 });
    expect(bob.last.text).toContain("press “Something is wrong” or reply to this message");

    await bob.replies(bob.last, "I want it");

    expect(world.system.requests).toMatchObject([{ userId: "1707" }]);
    expect(bob.last.text).toContain("I have passed it on to the helpdesk");
  });

  it("hears of an order nobody but whose it is: not who is signed in there by now", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order("cancelled"), order("cancelled", "502"));
    await world.call("order/status", thankYou);
    const told = alice.last;
    await world.call("order/status", { ...thankYou, orderId: 502 });
    await alice.taps("Что-то не так");
    const question = alice.last;
    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000002", own: true });

    await alice.taps("Что-то не так", told);
    expect(alice.last.text).toContain("с другой учётной записи");
    await alice.replies(question, "Верните деньги");

    expect(alice.last.text).toContain("с другой учётной записи");
    expect(world.system.requests).toEqual([]);
  });

  it("lets be what somebody would rather not say", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order("cancelled"));
    await world.call("order/status", thankYou);
    await alice.taps("Что-то не так");

    await alice.taps("Отмена");
    await alice.types("Ладно");

    expect(world.system.requests).toEqual([]);
  });

  it("passes it on by itself once a silent system is back, and says where it was refused", async () => {
    const { world, alice } = await shopWorld();
    world.system.orders.push(order("cancelled"));
    await world.call("order/status", thankYou);
    await alice.taps("Что-то не так");
    world.system.fails("silent", "refuses");

    await alice.types("Я его не отменяла");
    expect(alice.last.text).toContain("Ничего не потеряно");
    await world.passes(60_000);

    expect(alice.last.text).toContain("не приняла обращение");
    expect(world.system.requests).toEqual([]);
  });

  it("tells whoever was away how the order stands by now, and nothing of one that is gone", async () => {
    const { world } = await shopWorld();
    const { refresh } = world.dialogs.find("order/status") ?? {};
    world.system.orders.push(order("done"));

    expect(await refresh?.({ order: order("paid") }, world.system.port)).toEqual({ order: order("done") });
    expect(await refresh?.({ order: order("paid", "7") }, world.system.port)).toBeNull();
  });
});
