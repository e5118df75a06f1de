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
import { actorOf, type Other, othersThan } from "../actor.ts";
import { formOf } from "../forms.ts";
import { smallForms } from "../limits.ts";
import { done } from "../refusals.ts";
import { messagePage, show } from "../show.ts";
import { toldSection } from "../told.ts";
import { orderPage } from "./order.ts";
import { ordersPage } from "./orders.ts";

const MoveFields = z.object({ status: z.enum(ORDER_STATUSES) });

/** The orders: a buyer sees and moves their own, an employee everybody's. */
export function orderRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const small = smallForms(site);
  pages.get("/orders", (c) => {
    const actor = actorOf(db, c);
    const all = isStaff(actor);
    return show(site, c, "Заказы", ordersPage(ordersOf(db, all ? null : actor.id), all));
  });
  pages.get("/orders/:id", (c) => {
    const found = findOrder(db, parseId(c.req.param("id")) ?? 0);
    return found ? order(site, c, found) : c.notFound();
  });
  pages.post("/orders/:id/status", small, async (c) => {
    const id = parseId(c.req.param("id")) ?? 0;
    const { status } = MoveFields.parse(await formOf(c));
    return done(site, c, moveOrder(site, id, status, actorOf(db, c)), `/orders/${id}`);
  });
  pages.post("/orders/:id/delivery", small, async (c) => {
    const found = findOrder(db, parseId(c.req.param("id")) ?? 0);
    if (!found) return c.notFound();
    if (!isStaff(actorOf(db, c))) return messagePage(site, c, 403, "Адрес исправляют сотрудники");
    const place = PlaceFields.parse(await formOf(c));
    const edited = editUser(site, found.userId, place, EDITS.deliveryAddress);
    return done(site, c, edited, `/orders/${found.id}`);
  });
}

function order(site: Site, c: Context, found: Order): Promise<Response> {
  const { db } = site;
  const actor = actorOf(db, c);
  const buyer = findUser(db, { userId: found.userId });
  const page = `/orders/${found.id}`;
  const told = html`${toldSection(db, `order:${found.id}`, page)}
    ${isStaff(actor) ? toldSection(db, `user:${found.userId}`, page, "Что узнал бот о покупателе") : ""}`;
  const moves = movesOf(found, actor);
  const view = {
    order: found,
    buyer,
    moves,
    isStaff: isStaff(actor),
    others: othersWho(site, found, actor),
    told,
  };
  return show(site, c, `Заказ № ${found.id}`, orderPage(view));
}

/** The buyer and an employee, where they could do something here that the visitor cannot. */
function othersWho({ db }: Site, found: Order, actor: User): Other[] {
  if (isStaff(actor)) return [];
  const employee = allUsers(db).find((user) => user.isActive && isStaff(user));
  return othersThan(actor, db, [found.userId, employee?.id ?? null]);
}
