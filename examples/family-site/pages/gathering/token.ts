import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Site } from "../../site.ts";

/** Where the form without a PIN is; the browser shows the token to this page alone. */
export const PAGE = "/gathering";

/** Keeps the token out of the address. */
const COOKIE = "gathering-token";

/** Longer ones are none. */
const TOKEN_CHARS = 64;

/** No token lives longer. */
const HOUR_S = 60 * 60;

/** Has the browser keep a token for the form, in place of an earlier one. */
export function keepToken(site: Site, c: Context, token: string): void {
  const secure = site.publicUrl().startsWith("https:");
  const attributes = { path: PAGE, httpOnly: true, sameSite: "Lax", secure, maxAge: HOUR_S } as const;
  setCookie(c, COOKIE, token.slice(0, TOKEN_CHARS), attributes);
}

/** The token that the browser keeps; empty where it keeps none. */
export function keptToken(c: Context): string {
  return getCookie(c, COOKIE) ?? "";
}

/** Has the browser forget the token: whoever comes next at it is not the one whose token it was. */
export function forgetToken(c: Context): void {
  deleteCookie(c, COOKIE, { path: PAGE });
}
