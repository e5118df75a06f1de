import type { Request } from "../../contract/system.ts";
import type { MapName } from "../../main-system/endpoint.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import type { KnownIds } from "./check-command.ts";
import { expectId, type Finding, notTried } from "./finding.ts";
import type { Prober } from "./prober.ts";

/** An id that a system hardly has: it is in the range of every kind of integer. */
const NO_ID = "999999999";
/** No country has such a number. */
const NO_PHONE = "70000000000";
/** Everything is newer. */
const LONG_AGO = new Date(0).toISOString();

/** What was found, and what the writes may use of it. */
export interface Reads {
  readonly findings: readonly Finding[];
  readonly post?: string | undefined;
  readonly request?: Request | undefined;
}

type Check = (prober: Prober, ids: KnownIds) => Promise<Reads>;

const checks: Readonly<Record<MapName, Check>> = {
  account: checkUsers,
  "family-site": checkPosts,
  shop: checkShop,
  helpdesk: checkHelpdesk,
};

/** Tries every read of these maps, one after another. */
export async function checkReads(prober: Prober, ids: KnownIds, maps: readonly MapName[]): Promise<Reads> {
  let all: Reads = { findings: [] };
  for (const map of maps) {
    const { findings, ...more } = await checks[map](prober, ids);
    all = { ...all, ...more, findings: [...all.findings, ...findings] };
  }
  return all;
}

async function checkUsers({ read, absent, stranger }: Prober, { user: userId }: KnownIds): Promise<Reads> {
  const { user } = endpoints;
  const byId = await read(user, { query: { userId } });
  const findings: Finding[] = [
    await stranger(user, { query: { userId } }),
    expectId(byId, userId, byId.answer?.userId),
  ];
  const { email, phone } = byId.answer ?? {};
  for (const query of [{ email }, { phone: phone?.replace("+", "") }]) {
    const [[name, given] = []] = Object.entries(query);
    const why = byId.answer ? `user ${userId} has no ${name}` : `user ${userId} was not found`;
    const found = given ? await read(user, { query }) : notTried(user, `by ${name}: ${why}`);
    findings.push(expectId(found, userId, found.answer?.userId));
  }
  // Where nobody is found at all, 404 for a stranger says nothing.
  if (byId.answer) findings.push(await absent(user, { query: { phone: NO_PHONE } }));
  return { findings };
}

async function checkPosts({ read, absent }: Prober, ids: KnownIds): Promise<Reads> {
  const { post, news } = endpoints;
  const newest = await read(news, { query: { userId: ids.user, since: LONG_AGO } });
  const postId = ids.post ?? newest.answer?.[0]?.postId;
  if (!postId) return { findings: [newest, notTried(post, "give --post, the id of a post that is there")] };

  const found = await read(post, { params: { postId } });
  const findings = [newest, expectId(found, postId, found.answer?.postId)];
  if (!found.answer) return { findings };
  return { findings: [...findings, await absent(post, { params: { postId: NO_ID } })], post: postId };
}

async function checkShop(
  { read, absent }: Prober,
  { user: userId, order: orderId }: KnownIds,
): Promise<Reads> {
  const { order, cart } = endpoints;
  const findings: Finding[] = [];
  if (orderId) {
    const found = await read(order, { params: { orderId } });
    findings.push(expectId(found, orderId, found.answer?.orderId));
    if (found.answer) findings.push(await absent(order, { params: { orderId: NO_ID } }));
  } else findings.push(notTried(order, "give --order, the id of an order that is there"));

  const full = await read(cart, { params: { userId } });
  const isEmpty = full.status === 404;
  const about = "404: the cart is empty, or there is no such endpoint. Try a user who has put something by";
  findings.push(
    isEmpty ? { ...full, verdict: "not tried", about } : expectId(full, userId, full.answer?.userId),
  );
  return { findings };
}

async function checkHelpdesk({ read, absent }: Prober, ids: KnownIds): Promise<Reads> {
  const { request, tasks } = endpoints;
  const open = await read(tasks, { params: { userId: ids.user } });
  const requestId = ids.request ?? open.answer?.[0]?.requestId;
  if (!requestId) {
    return { findings: [open, notTried(request, "give --request, the id of a request that is there")] };
  }
  const found = await read(request, { params: { requestId } });
  const findings = [open, expectId(found, requestId, found.answer?.requestId)];
  if (!found.answer) return { findings };
  const unknown = await absent(request, { params: { requestId: NO_ID } });
  return { findings: [...findings, unknown], request: found.answer };
}
