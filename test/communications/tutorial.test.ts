import { describe, expect, it } from "vitest";
import { maps } from "../../communications/registry.ts";
import { parcelArrived } from "../../docs/tutorial/parcel-arrived.ts";
import { parcelCollected } from "../../docs/tutorial/parcel-collected.ts";
import { parcelReminder } from "../../docs/tutorial/parcel-reminder.ts";
import { bareBot } from "../kit/bot.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";
import { order } from "./shop-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const bot = bareBot({
  ...maps.account,
  communications: [parcelArrived, parcelCollected],
  reminders: [...maps.account.reminders, parcelReminder],
});

/** Her parcel, order 501; it is noon in Moscow, on the 1st of January. */
const parcel = {
  userId: 127,
  orderId: 501,
  place: "Невский, 18",
  keptUntil: "2026-01-08T20:00:00+03:00",
};

/** A world in which Alice is signed in, and has ordered something. */
async function parcelWorld() {
  const world = new World(bot);
  world.system.users.push(user("127", "Алиса", "+79180000001"));
  world.system.orders.push(order("shipped"));
  const alice = world.person({ firstName: "Алиса", phone: "+79180000001" });
  await alice.signsIn();
  return { world, alice };
}

describe("parcel/arrived", () => {
  it("says where the parcel waits and until when, and offers to have it brought", async () => {
    const { world, alice } = await parcelWorld();

    await world.call("parcel/arrived", parcel);

    expect(alice.last.text).toContain("Заказ № 501 приехал и ждёт вас: Невский, 18, до 8 января, 20:00.");
    expect(alice.last.buttons.map(({ label }) => label)).toEqual(["Заберу", "Привезите", "Открыть заказ"]);
  });

  it("passes an address on as a request, and asks again for what is none", async () => {
    const { world, alice } = await parcelWorld();
    await world.call("parcel/arrived", parcel);

    await alice.taps("Привезите");
    await alice.types("…");
    expect(alice.last.text).toContain("Не получилось прочитать адрес");
    await alice.types("Мойка, 12");

    expect(world.system.requests.map(({ title }) => title)).toEqual([
      "Привезти заказ № 501 по адресу: Мойка, 12",
    ]);
    expect(alice.last.text).toContain("Готово, передал.");
  });

  it("waits an hour for the address", async () => {
    const { world, alice } = await parcelWorld();
    await world.call("parcel/arrived", parcel);
    await alice.taps("Привезите");

    await world.passes(HOUR - MINUTE);
    expect(alice.last.text).toContain("Куда привезти?");
    await world.passes(MINUTE);

    expect(alice.last.text).toContain("Адреса я не дождался.");
  });

  it("is refused where the order is somebody else's", async () => {
    const { world } = await parcelWorld();
    world.system.orders.splice(0, 1, { ...order("shipped"), userId: "1707" });

    expect(await world.call("parcel/arrived", parcel)).toEqual({ refused: "order-not-found" });
  });
});

describe("the reminder of a parcel", () => {
  it("comes on the day after tomorrow at ten, once", async () => {
    const { world, alice } = await parcelWorld();
    await world.call("parcel/arrived", parcel);
    const before = alice.sees.length;

    await world.passes(46 * HOUR - MINUTE);
    expect(alice.sees).toHaveLength(before);
    await world.passes(5 * DAY);

    expect(alice.sees.slice(before)).toEqual([
      "Напоминаю: заказ № 501 всё ещё ждёт вас, Невский, 18, до 8 января, 20:00.",
    ]);
  });

  it("does not come once the parcel was collected, nor where the shop says that it was", async () => {
    const told = await parcelWorld();
    await told.world.call("parcel/arrived", parcel);
    await told.world.call("parcel/collected", { userId: 127, orderId: 501 });
    const known = await parcelWorld();
    await known.world.call("parcel/arrived", parcel);
    known.world.system.orders.splice(0, 1, order("done"));

    await told.world.passes(5 * DAY);
    await known.world.passes(5 * DAY);

    expect(told.alice.last.text).toContain("Спасибо, что забрали");
    expect(known.alice.last.text).toContain("приехал и ждёт");
  });
});

describe("a parcel that arrives during a pause", () => {
  it("waits for its end, and is told when it is asked for", async () => {
    const { world, alice } = await parcelWorld();
    await alice.types("/pause");
    await alice.taps("На неделю");

    const told = await world.call("parcel/arrived", parcel);
    await alice.types("/resume");
    expect(alice.last.text).toContain("Посылки: 1");
    await alice.taps("Показать");

    expect(told).toMatchObject({ outcomes: new Map([["127", { state: "deferred", reason: "paused" }]]) });
    expect(alice.last.text).toContain("приехал и ждёт вас");
  });

  it("is no news any more once it was collected", async () => {
    const { world, alice } = await parcelWorld();
    await alice.types("/pause");
    await alice.taps("На неделю");
    await world.call("parcel/arrived", parcel);

    world.system.orders.splice(0, 1, order("done"));
    await alice.types("/resume");
    await alice.taps("Показать");

    expect(alice.last.text).toContain("Показать по порядку?");
    expect(world.reported.at(-1)).toMatchObject({ outcome: { state: "expired", reason: "outdated" } });
  });
});

describe("when something goes wrong", () => {
  it("makes the request once the shop answers again, and says so meanwhile", async () => {
    const { world, alice } = await parcelWorld();
    await world.call("parcel/arrived", parcel);
    await alice.taps("Привезите");

    world.system.fails("silent", "silent");
    await alice.types("Мойка, 12");
    expect(alice.last.text).toContain("Ничего не потеряно");
    await world.passes(DAY);

    expect(world.system.requests).toHaveLength(1);
    expect(alice.last.text).toContain("Готово, передал.");
  });

  it("says so where the shop refuses, and the parcel can still be collected", async () => {
    const { world, alice } = await parcelWorld();
    await world.call("parcel/arrived", parcel);
    await alice.taps("Привезите");

    world.system.fails("refuses");
    await alice.types("Мойка, 12");
    await alice.taps("Заберу");

    expect(alice.sees.slice(-2)).toEqual([
      "Оформить доставку не получилось: магазин её не принял. Посылка ждёт вас там же.",
      "Договорились, ждём вас.",
    ]);
  });

  it.each([0, 1, 2])("makes one request whatever crashes: crossing %i", async (at) => {
    for (const side of ["before", "after"] as const) {
      const { world, alice } = await parcelWorld();
      await world.call("parcel/arrived", parcel);
      await alice.taps("Привезите");

      world.crashes.plan({ at, side });
      await alice.types("Мойка, 12");
      await world.passes(HOUR);

      expect(world.crashes.pending).toBe(false);
      expect(world.system.requests).toHaveLength(1);
    }
  });
});
