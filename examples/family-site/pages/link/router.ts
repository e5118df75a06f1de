import type { Context, MiddlewareHandler } from "hono";
import type { Site } from "../../site.ts";
import { openPendingLink } from "./pending.ts";

/** What the bot calls a person in its links: base62. */
const BUID = /^[0-9A-Za-z]{16}$/;

/** Longer addresses are none of this site's. */
const LONGEST_BACK = 500;

/** What must not stay in any address: the BUID, and the key of a form without a PIN. */
const SECRETS = ["buid", "token"];

/**
 * Takes `?buid=` out of any address and leads to the page that asks for the PIN. So the BUID is in the one address
 * that the bot has sent, and in no Referer, cookie or further address. What is no BUID is taken out and forgotten.
 */
export function buidRouter(site: Site): MiddlewareHandler {
  return async (c, next) => {
    const buids = c.req.method === "GET" ? c.req.queries("buid") : undefined;
    if (buids === undefined) return next();
    c.header("Cache-Control", "no-store");
    const back = addressWithout(c);
    const [buid = ""] = buids;
    if (buids.length > 1 || !BUID.test(buid)) return c.redirect(back, 303);
    openPendingLink(site, c, { buid, back: back.startsWith("/link") ? "/" : back });
    return c.redirect("/link", 303);
  };
}

/** The address asked for, on this site and without secrets. */
function addressWithout(c: Context): string {
  const url = new URL(c.req.url);
  for (const name of SECRETS) url.searchParams.delete(name);
  const back = url.pathname + url.search;
  // "//elsewhere" would be another site.
  const isOurs = !/^\/[/\\]/.test(back) && back.length <= LONGEST_BACK;
  return isOurs ? back : "/";
}
