import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { ORDER_STATUSES } from "../../contract/system.ts";
import type { Endpoint } from "../endpoint.ts";
import { goods, PageUrl, UserId } from "./wire.ts";

const OrderId = Id.describe("The order's id");

/** An order to thank for, or to tell the state of. */
export const order = {
  name: "order",
  method: "GET",
  path: "/orders/{orderId}",
  summary: "An order, once a call of `transaction/thank-you` or `order/status`.",
  maps: ["shop"],
  params: z.object({ orderId: OrderId }),
  answer: z.object({
    orderId: OrderId,
    userId: UserId,
    status: z.enum(ORDER_STATUSES).describe("How far it is"),
    ...goods,
    url: PageUrl,
  }),
  absent: "There is no such order: the call is refused with `order-not-found`.",
  shared: { is: false, why: "A call comes because it has just changed." },
  example: {
    params: { orderId: 504 },
    answer: {
      orderId: 504,
      userId: 127,
      status: "new",
      items: [{ name: "Яблоневые саженцы, антоновка", quantity: 6, price: 640 }],
      total: 3840,
      currency: "RUB",
      url: "https://site.example/orders/504",
    },
  },
} as const satisfies Endpoint;

/** What somebody may have forgotten to order. */
export const cart = {
  name: "cart",
  method: "GET",
  path: "/cart/{userId}",
  summary: "What a user has put by and not ordered yet, when they are to be reminded of it.",
  maps: ["shop"],
  params: z.object({ userId: UserId }),
  answer: z.object({ userId: UserId, ...goods, url: PageUrl }),
  absent: "There is nothing in it: nobody is reminded.",
  shared: { is: false, why: "Whether to remind somebody is decided by it." },
  example: {
    params: { userId: 127 },
    answer: {
      userId: 127,
      items: [{ name: "Чай чёрный, 250 г", quantity: 2, price: 420 }],
      total: 840,
      currency: "RUB",
      url: "https://site.example/cart",
    },
  },
} as const satisfies Endpoint;
