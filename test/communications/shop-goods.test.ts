import { describe, expect, it } from "vitest";
import { listOf } from "../../communications/shop/goods.ts";
import { money } from "../../communications/shop/money.ts";
import { plain } from "./shop-world.ts";

describe("money", () => {
  it("is written as people of either language read it", () => {
    expect(plain(money(12_500, "RUB", "ru"))).toBe("12 500 ₽");
    expect(plain(money(12_500, "RUB", "en"))).toBe("RUB 12,500");
    expect(plain(money(10.5, "RUB", "ru"))).toBe("10,50 ₽");
  });

  it("is written in whatever the main system calls a currency", () => {
    expect(plain(money(30, "баллов", "ru"))).toBe("30 баллов");
  });
});

describe("a list of goods", () => {
  it("that is too long for a phone ends with how many more there are", () => {
    const items = Array.from({ length: 20 }, (_, at) => ({ name: `Вещь ${at}`, quantity: 1, price: 1 }));

    const { html } = listOf({ items, total: 20, currency: "RUB" }, "ru");

    expect(html).toContain("Вещь 14 ");
    expect(html).not.toContain("Вещь 15 ");
    expect(html).toContain("…и ещё позиций: 5");
  });
});
