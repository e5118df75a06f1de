import type { Id } from "../../contract/id.ts";
import type { MainSystem } from "../../contract/ports.ts";
import { type Refusal, refuse } from "../../contract/refusal.ts";
import type { Request } from "../../contract/system.ts";

/** A request of this user; somebody else's is none, so that a mistaken call shows nobody what others ask. */
export async function requestOf(
  { userId, requestId }: { readonly userId: Id; readonly requestId: Id },
  system: MainSystem,
): Promise<Request | Refusal> {
  const [user, request] = await Promise.all([system.user({ userId }), system.request(requestId)]);
  if (!user) return refuse("user-not-found");
  return request?.userId === userId ? request : refuse("request-not-found");
}
