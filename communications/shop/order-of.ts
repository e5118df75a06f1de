import type { Id } from "../../contract/id.ts";
import type { MainSystem } from "../../contract/ports.ts";
import { type Refusal, refuse } from "../../contract/refusal.ts";
import type { Order } from "../../contract/system.ts";

/** An order of this user; somebody else's is none, so that a mistaken call shows nobody what others buy. */
export async function orderOf(
  { userId, orderId }: { readonly userId: Id; readonly orderId: Id },
  system: MainSystem,
): Promise<Order | Refusal> {
  const [user, order] = await Promise.all([system.user({ userId }), system.order(orderId)]);
  if (!user) return refuse("user-not-found");
  return order?.userId === userId ? order : refuse("order-not-found");
}
