import { describe, expect, it } from "vitest";
import { askedOf, visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

const CART = {
  userId: 127,
  items: [
    { name: "Чай чёрный, 250 г", quantity: 2, price: 420 },
    { name: "Варенье крыжовенное, банка", quantity: 3, price: 380 },
  ],
  total: 1980,
  currency: "RUB",
};

describe("a cart", () => {
  it("is shown to the bot; an empty one and nobody's are none", async () => {
    const { api, site } = await startWorld();

    expect((await api("/cart/127")).body).toEqual({ ...CART, url: `${site.url}/carts/127` });
    for (const id of ["1707", "999", "x"]) {
      expect(await api(`/cart/${id}`)).toMatchObject({ status: 404, body: { error: "cart-not-found" } });
    }
  });

  it("takes goods and gives them back", async () => {
    const world = await startWorld();
    const anna = visitor(world, 1707);

    for (const goodId of ["5", "5", "1"]) await anna.send("/cart/items", { goodId });
    await anna.send("/cart/items/remove", { goodId: "1" });

    expect((await world.api("/cart/1707")).body).toMatchObject({
      items: [{ name: "Самовар на пять литров", quantity: 2 }],
      total: 25_000,
    });
    expect((await anna.send("/cart/items", { goodId: "99" })).status).toBe(404);
    expect((await anna.send("/cart/items", { goodId: "x" })).status).toBe(422);
    expect(await anna.read("/shop")).toContain("Корзина: 2 вещи");
  });

  it("left behind starts cart/abandoned, once for two clicks; an empty one does not", async () => {
    const world = await startWorld();
    const alexander = visitor(world, 127);
    const formKey = /name="formKey" value="([^"]+)"/.exec(await alexander.read("/carts/127"))?.[1] ?? "";

    for (const _ of [1, 2]) await alexander.send("/cart/leave", { formKey });
    await visitor(world, 1707).send("/cart/leave", { formKey });

    await expect.poll(() => askedOf(world)).toEqual([["cart/abandoned", { userId: 127 }]]);
    await expect
      .poll(() => alexander.told("/carts/127"))
      .toEqual(["cart/abandoned sent: Бот пишет в Telegram"]);
    expect(await visitor(world, 1707).told("/carts/1707")).toEqual([]);
  });

  it("becomes an order, once, and starts order/status", async () => {
    const world = await startWorld();
    const alexander = visitor(world, 127);

    const ordered = await alexander.send("/cart/order");
    const again = await alexander.send("/cart/order");

    expect(ordered.headers.get("location")).toBe("/orders/505");
    expect(again.headers.get("location")).toBe("/orders");
    const { items, total } = CART;
    expect((await world.api("/orders/505")).body).toMatchObject({ userId: 127, status: "new", items, total });
    expect((await world.api("/cart/127")).status).toBe(404);
    await expect
      .poll(() => askedOf(world))
      .toEqual([["order/status", { userId: 127, orderId: 505, status: "new" }]]);
  });

  it("of somebody else can be looked at, and not ordered from", async () => {
    const world = await startWorld();
    const anna = visitor(world, 1707);

    const page = await anna.read("/carts/127");
    await anna.send("/cart/order");

    expect(page).toContain("Варенье крыжовенное");
    expect(page).toContain("Продолжить как Александр Пушкин");
    expect(page).not.toContain("/cart/order");
    expect((await world.api("/cart/127")).status).toBe(200);
    expect((await fetch(`${world.site.url}/carts/999`)).status).toBe(404);
  });
});

describe("an order", () => {
  it("thanks for the payment, and tells of every other step (requirement 11)", async () => {
    const world = await startWorld();
    const move = (actor: number, status: string) =>
      visitor(world, actor).send("/orders/504/status", { status });

    await move(127, "paid");
    await move(127, "paid");
    await move(9, "shipped");
    await move(127, "done");

    const call = { userId: 127, orderId: 504 };
    await expect
      .poll(() => askedOf(world))
      .toEqual([
        ["transaction/thank-you", call],
        ["order/status", { ...call, status: "shipped" }],
        ["order/status", { ...call, status: "done" }],
      ]);
    expect((await world.api("/orders/504")).body).toMatchObject({ status: "done" });
    const keys = world.bot.calls.map((seen) => seen.headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(3);
    await expect
      .poll(() => visitor(world, 127).told("/orders/504"))
      .toEqual([
        "order/status sent: Бот пишет в Telegram",
        "order/status sent: Бот пишет в Telegram",
        "transaction/thank-you sent: Бот пишет в Telegram",
      ]);
  });

  it.each([
    ["its buyer sends themself a parcel", 127, "paid", "shipped"],
    ["its buyer cancels what is paid", 127, "paid", "cancelled"],
    ["a stranger pays", 1707, "new", "paid"],
    ["an employee skips the payment", 9, "new", "shipped"],
    ["somebody brings it back to life", 9, "cancelled", "paid"],
  ])("stays as it is when %s", async (_, actor, from, to) => {
    const world = await startWorld();
    if (from !== "new") await visitor(world, 9).send("/orders/504/status", { status: from });

    const sent = await visitor(world, actor).send("/orders/504/status", { status: to });

    expect(sent.status).toBe(409);
    expect((await world.api("/orders/504")).body).toMatchObject({ status: from });
  });

  it("offers the buttons of whoever looks at it", async () => {
    const world = await startWorld();
    const buttons = async (actor: number) =>
      [
        ...(await visitor(world, actor).read("/orders/504")).matchAll(
          /data-testid="(?:move-(\w+)|(act-as))"/g,
        ),
      ].map(([, move, other]) => move ?? other);

    expect(await buttons(127)).toEqual(["paid", "cancelled", "act-as"]);
    expect(await buttons(9)).toEqual(["paid", "cancelled"]);
    expect(await buttons(3)).toEqual(["act-as", "act-as"]);
    expect((await fetch(`${world.site.url}/orders/999`)).status).toBe(404);
    expect((await visitor(world, 9).send("/orders/999/status", { status: "paid" })).status).toBe(404);
  });

  it("has its customer's address corrected by an employee, and the bot learns it was one (requirement 24)", async () => {
    const world = await startWorld();
    const place = { country: "Россия", region: "Псковская область", city: "Михайловское" };

    const refused = await visitor(world, 3).send("/orders/504/delivery", place);
    await visitor(world, 9).sendFrom("/orders/504", "/orders/504/delivery", place);

    expect(refused.status).toBe(403);
    const who = { eventId: "orders/delivery-address", changedBy: "employee" };
    await expect
      .poll(() => askedOf(world))
      .toEqual([["users/update", expect.objectContaining({ userId: 127, location: place, ...who })]]);
    expect((await world.api("/user?userId=127")).body).toMatchObject({
      location: place,
      phone: "79187777777",
      patronymic: "Сергеевич",
    });
    await expect
      .poll(() => visitor(world, 9).told("/orders/504"))
      .toEqual(["users/update sent: Бот пишет в Telegram"]);
  });
});
