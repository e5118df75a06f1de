import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { ZodError } from "zod";
import type { Site } from "../site.ts";
import { adminRoutes } from "./account/admin-routes.ts";
import { profileRoutes } from "./account/profile-routes.ts";
import { signInRoutes } from "./account/sign-in-routes.ts";
import { telegramRoutes } from "./account/telegram-routes.ts";
import { assetRoutes } from "./assets.ts";
import { gatheringRoutes } from "./gathering/routes.ts";
import { helpdeskRoutes } from "./helpdesk/routes.ts";
import { linkRoutes } from "./link/routes.ts";
import { framedByTelegram, miniAppRoutes } from "./mini-app/routes.ts";
import { readingRoutes } from "./reading.ts";
import { cartRoutes } from "./shop/cart-routes.ts";
import { orderRoutes } from "./shop/order-routes.ts";
import { messagePage } from "./show.ts";
import { toldRoutes } from "./told.ts";
import { writingRoutes } from "./writing.ts";

/** The family's pages. Forms of other sites are refused by their origin; nothing inline may run. */
export function pageRoutes(site: Site): Hono {
  const pages = new Hono();
  // First, so that its word about pictures is the last.
  pages.use("/pictures/*", forOtherSites());
  // Likewise about who may frame the Mini App.
  pages.use("/app", framedByTelegram(site));
  pages.use(security());
  pages.use(csrf({ origin: (origin, c) => [new URL(c.req.url).origin, site.publicUrl()].includes(origin) }));
  linkRoutes(site, pages);
  gatheringRoutes(site, pages);
  miniAppRoutes(site, pages);
  assetRoutes(pages);
  readingRoutes(site, pages);
  writingRoutes(site, pages);
  signInRoutes(site, pages);
  profileRoutes(site, pages);
  telegramRoutes(site, pages);
  adminRoutes(site, pages);
  cartRoutes(site, pages);
  orderRoutes(site, pages);
  helpdeskRoutes(site, pages);
  toldRoutes(site, pages);

  pages.notFound((c) => messagePage(site, c, 404, "Такой страницы нет"));
  pages.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 403) {
      return messagePage(site, c, 403, "Форма отправлена с другого сайта");
    }
    if (error instanceof ZodError) return messagePage(site, c, 422, "Форма заполнена неверно");
    site.log("page failed", error);
    return messagePage(site, c, 500, "Что-то сломалось. Попробуйте ещё раз");
  });
  return pages;
}

/** Pictures are shown by other sites too (a messenger), and are nothing but pictures. */
function forOtherSites() {
  return secureHeaders({
    crossOriginResourcePolicy: "cross-origin",
    contentSecurityPolicy: { defaultSrc: ["'none'"], sandbox: [] },
    strictTransportSecurity: false,
  });
}

function security() {
  return secureHeaders({
    // With "no-referrer" a browser would send the site's own forms with `Origin: null`.
    referrerPolicy: "same-origin",
    xFrameOptions: "DENY",
    // Whoever puts TLS in front of the site decides that.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      // Pictures of posts that came through the API may stand anywhere.
      imgSrc: ["'self'", "https:", "http:"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}
