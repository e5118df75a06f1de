import { describe, expect, it } from "vitest";
import { askedOf, KEY, sendForm, visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

const TELEGRAM = "https://t.me/family_bot";

describe("a guest", () => {
  it("is whoever comes for the first time", async () => {
    const world = await startWorld();

    const page = await visitor(world, "guest").read("/");

    expect(page).toMatch(/<option value="" selected\s*>Гость<\/option>/);
    expect(page).toContain('data-testid="sign-in"');
    expect(page).not.toContain('data-testid="sign-out"');
  });

  it.each([
    ["/", 'data-testid="post"'],
    ["/posts/3", 'data-testid="comment-text"'],
    ["/family", 'data-testid="bot-link"'],
    ["/shop", "Самовар"],
    ["/carts/127", 'data-testid="cart-item"'],
    ["/orders/504", 'data-testid="order"'],
    ["/requests", 'data-testid="request"'],
    ["/requests/1", 'data-testid="messages"'],
  ])("reads %s as everybody does", async (path, sign) => {
    const world = await startWorld();

    const answer = await visitor(world, "guest").get(path);

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(sign);
  });

  it("is not sent to the bot for a link by the page that the bot's link leads to", async () => {
    const world = await startWorld({ botStartLink: TELEGRAM });
    const guest = visitor(world, "guest");

    const [here, elsewhere] = [await guest.read("/sign-in?back=/link/account"), await guest.read("/sign-in")];

    expect(elsewhere).toContain('data-testid="sign-in-telegram"');
    expect(here).not.toContain('data-testid="sign-in-telegram"');
    expect(here).toContain('data-testid="sign-in-as"');
  });

  it.each([
    ["/posts/3", "ответить", "comment-form"],
    ["/shop", "собирать корзину", "cart-link"],
    ["/orders/504", "изменить заказ", "move-paid"],
    ["/requests", "попросить о помощи", "request-form"],
    ["/requests/3", "помочь или ответить", "accept"],
  ])("sees on %s what to sign in for, where others see a form", async (path, why, form) => {
    const world = await startWorld({ botStartLink: TELEGRAM });

    const page = await visitor(world, "guest").read(path);

    expect(page).toContain(`Войдите, чтобы ${why}`);
    expect(page).toContain(`href="${TELEGRAM}?start=site"`);
    expect(page).toContain(`name="back" value="${path}"`);
    expect(page).not.toContain(`data-testid="${form}"`);
  });

  it.each(["/posts/new", "/orders", "/profile", "/profile/telegram", "/admin", "/admin/users/127"])(
    "is shown the ways to sign in in place of %s, and nobody's data",
    async (path) => {
      const world = await startWorld({ botStartLink: TELEGRAM });

      const answer = await visitor(world, "guest").get(path);

      const page = await answer.text();
      expect(answer.status).toBe(403);
      expect(page).toContain('data-testid="guest-page"');
      expect(page).toContain(`href="${TELEGRAM}?start=site"`);
      expect(page).not.toContain("79187777777");
    },
  );

  it.each([
    ["/posts", { text: "Я", formKey: KEY }],
    ["/posts/3/comments", { text: "Я", formKey: KEY }],
    ["/profile", { name: "Я", phone: "79990000000" }],
    ["/profile/bot", { bot: "on", formKey: KEY }],
    ["/profile/telegram", {}],
    ["/cart/items", { goodId: "1" }],
    ["/cart/items/remove", { goodId: "1" }],
    ["/cart/order", {}],
    ["/cart/leave", { formKey: KEY }],
    ["/orders/504/status", { status: "paid" }],
    ["/orders/504/delivery", { city: "Псков" }],
    ["/requests", { text: "Я", formKey: KEY }],
    ["/requests/1/messages", { text: "Я", formKey: KEY }],
    ["/requests/3/accept", {}],
    ["/requests/2/finish", {}],
    ["/requests/1/rating", { rating: "1" }],
    ["/notices/1/retry", { back: "/" }],
    ["/admin/users/127", { name: "Я" }],
    ["/admin/users/127/block", { reason: "Так" }],
    ["/admin/users/127/delete", {}],
  ])("changes nothing by %s and is asked to sign in", async (path, fields: Record<string, string>) => {
    const world = await startWorld();

    const answer = await visitor(world, "guest").send(path, fields);

    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('data-testid="guest-page"');
    expect(askedOf(world)).toEqual([]);
    expect((await world.api("/post/4")).status).toBe(404);
    expect((await world.api("/user?userId=127")).body).toMatchObject({ name: "Александр", isActive: true });
  });

  it("comes back to the page they wanted once they have signed in there", async () => {
    const world = await startWorld();
    const page = await visitor(world, "guest").read("/profile");
    const back = /action="\/actor"[\s\S]*?name="back" value="([^"]*)"/.exec(page)?.[1] ?? "";

    const signedIn = await sendForm(world, "/actor", { userId: "127", back });

    expect(signedIn.headers.get("location")).toBe("/profile");
  });

  it("has a page to sign in on, which lets those through who have", async () => {
    const world = await startWorld();

    const guest = await visitor(world, "guest").get("/sign-in?back=/shop");
    const anna = await visitor(world, 1707).get("/sign-in?back=/shop");

    expect(guest.status).toBe(200);
    expect(await guest.text()).toContain('data-testid="sign-in-as"');
    expect([anna.status, anna.headers.get("location")]).toEqual([303, "/shop"]);
  });
});
