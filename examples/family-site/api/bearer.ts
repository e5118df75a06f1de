import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/** Lets in who shows the token; anyone else gets 401 and learns nothing, not even from the time it took. */
export function bearer(token: string): MiddlewareHandler {
  const expected = digest(token);
  return async (c, next) => {
    const shown = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    // Digests have one length whatever was sent, which the comparison needs.
    if (timingSafeEqual(digest(shown), expected)) return next();
    return c.json({ error: "unauthorized" }, 401, { "WWW-Authenticate": "Bearer" });
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
