import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { findOrder, ORDER_STATUSES, type Order, ordersOf } from "../../data/orders.ts";
import { allUsers, findUser, isStaff, type User } from "../../data/users.ts";
import { EDITS, editUser } from "../../edit-user.ts";
import type { Site } from "../../site.ts";
import { parseId } from "../../text.ts";
import { moveOrder, movesOf } from "../../trade.ts";
import { PlaceFields } from "../account/user-form.ts";
import { type Other, othersThan } from "../actor.ts";
import { BackPath, formOf } from "../forms.ts";
import { guestHint, signedIn, type Wanted } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { done } from "../refusals.ts";
import { sessionUser } from "../session.ts";
import { messagePage, show } from "../show.ts";
import { toldSection } from "../told.ts";
import { orderPage } from "./order.ts";
import { ordersPage } from "./orders.ts";

const MoveFields = z.object({ status: z.enum(ORDER_STATUSES) });

/** The orders: a buyer sees and moves their own, an employee everybody's. */
export function orderRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const small = smallForms(site);
  pages.get(
    "/orders",
    signedIn(site, { inOrderTo: "увидеть свои заказы", back: "/orders" }, (c, actor) => {
      const all = isStaff(actor);
      return show(site, c, "Заказы", ordersPage(ordersOf(db, all ? null : actor.id), all));
    }),
  );
  pages.get("/orders/:id", (c) => {
    const found = findOrder(db, parseId(c.req.param("id")) ?? 0);
    return found ? order(site, c, found) : c.notFound();
  });
  const wanted = (c: Context) => changeOf(c.req.param("id") ?? "");
  pages.post(
    "/orders/:id/status",
    small,
    signedIn(site, wanted, async (c, actor) => {
      const id = parseId(c.req.param("id")) ?? 0;
      const { status } = MoveFields.parse(await formOf(c));
      return done(site, c, moveOrder(site, id, status, actor), `/orders/${id}`);
    }),
  );
  pages.post(
    "/orders/:id/delivery",
    small,
    signedIn(site, wanted, (c, actor) => deliver(site, c, actor)),
  );
}

async function deliver(site: Site, c: Context, actor: User): Promise<Response> {
  const found = findOrder(site.db, parseId(c.req.param("id")) ?? 0);
  if (!found) return c.notFound();
  if (!isStaff(actor)) return messagePage(site, c, 403, "Адрес исправляют сотрудники");
  const place = PlaceFields.parse(await formOf(c));
  const edited = editUser(site, found.userId, place, EDITS.deliveryAddress);
  return done(site, c, edited, `/orders/${found.id}`);
}

function order(site: Site, c: Context, found: Order): Promise<Response> {
  const { db } = site;
  const actor = sessionUser(site, c);
  const staff = actor !== null && isStaff(actor);
  const page = `/orders/${found.id}`;
  const told = html`${toldSection(db, `order:${found.id}`, page)}
    ${staff ? toldSection(db, `user:${found.userId}`, page, "Что узнал бот о покупателе") : ""}`;
  const view = {
    order: found,
    buyer: findUser(db, { userId: found.userId }),
    moves: movesOf(found, actor),
    isStaff: staff,
    others: staff ? [] : othersWho(site, found, actor),
    hint: actor ? null : guestHint(site, changeOf(String(found.id))),
    told,
  };
  return show(site, c, `Заказ № ${found.id}`, orderPage(view));
}

function changeOf(orderId: string): Wanted {
  return { inOrderTo: "изменить заказ", back: BackPath.parse(`/orders/${orderId}`) };
}

/** The buyer and an employee, where they could do something here that the visitor cannot. */
function othersWho({ db }: Site, found: Order, actor: User | null): Other[] {
  const employee = allUsers(db).find((user) => user.isActive && isStaff(user));
  return othersThan(actor, db, [found.userId, employee?.id ?? null]);
}
