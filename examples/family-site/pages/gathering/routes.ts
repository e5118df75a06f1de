import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { gatheringAnswerOf, keepGatheringAnswer } from "../../data/gathering.ts";
import type { Site } from "../../site.ts";
import { tell } from "../../tell.ts";
import { OptionalText } from "../../text.ts";
import { actOnce, FormKey, formOf, typed } from "../forms.ts";
import { smallForms } from "../limits.ts";
import { type PageStatus, show } from "../show.ts";
import {
  type GatheringView,
  gatheringDonePage,
  gatheringExpiredPage,
  gatheringPage,
  gatheringSilentPage,
  MOST_GUESTS,
  MOST_WISHES,
} from "./pages.ts";
import { type Whose, whoseToken } from "./whose.ts";

const PAGE = "/gathering";
const DONE = `${PAGE}/done`;
const TITLE = "Семейный праздник";

/** Keeps the token out of the address; the browser shows it to this page alone. */
const COOKIE = "gathering-token";

/** No token lives longer. */
const HOUR_S = 60 * 60;

const Fields = z.object({
  formKey: FormKey,
  guests: z.coerce
    .number(`От 1 до ${MOST_GUESTS} человек`)
    .int(`От 1 до ${MOST_GUESTS} человек`)
    .min(1, `От 1 до ${MOST_GUESTS} человек`)
    .max(MOST_GUESTS, `От 1 до ${MOST_GUESTS} человек`),
  wishes: OptionalText.refine(
    (text) => (text?.length ?? 0) <= MOST_WISHES,
    `Пожелания — не длиннее ${MOST_WISHES} знаков`,
  ),
});

/** A form without a PIN: the bot's link says who fills it in, and opens nothing else. No session is opened. */
export function gatheringRoutes(site: Site, pages: Hono): void {
  pages.use(`${PAGE}/*`, async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  pages.get(PAGE, (c) => {
    const token = c.req.query("token");
    return token === undefined ? form(site, c) : hideToken(site, c, token);
  });
  pages.get(DONE, (c) => show(site, c, TITLE, gatheringDonePage(site.botStartLink)));
  pages.post(PAGE, smallForms(site), (c) => answer(site, c));
}

function hideToken(site: Site, c: Context, token: string): Response {
  const secure = site.publicUrl().startsWith("https:");
  setCookie(c, COOKIE, token.slice(0, 64), {
    path: PAGE,
    httpOnly: true,
    sameSite: "Lax",
    secure,
    maxAge: HOUR_S,
  });
  return c.redirect(PAGE, 303);
}

async function form(site: Site, c: Context): Promise<Response> {
  const token = getCookie(c, COOKIE) ?? "";
  const whose = await whoseToken(site, token);
  if (whose.kind !== "person") return nobody(site, c, whose.kind, null);
  const before = gatheringAnswerOf(site.db, whose.personId);
  const guests = String(before?.guests ?? 1);
  const view = { token, key: randomUUID(), guests, wishes: before?.wishes ?? "", problem: null };
  return page(site, c, gatheringPage({ ...view, name: whose.name }));
}

async function answer(site: Site, c: Context): Promise<Response> {
  const body = await formOf(c);
  const token = typed(body, "token");
  const [guests, wishes, formKey] = [typed(body, "guests"), typed(body, "wishes"), typed(body, "formKey")];
  const whose = await whoseToken(site, token);
  if (whose.kind !== "person") return nobody(site, c, whose.kind, { token, key: formKey, guests, wishes });

  const fields = Fields.safeParse(body);
  if (fields.success) return keep(site, c, whose, fields.data);
  const problem = fields.error.issues.find(({ path }) => path[0] !== "formKey")?.message;
  const view = { token, key: randomUUID(), guests, wishes, name: whose.name };
  return page(site, c, gatheringPage({ ...view, problem: problem ?? "Отправьте ещё раз" }), 422);
}

/** Keeps the answer and has the bot told, in one go; the same form sent twice counts once. */
function keep(
  site: Site,
  c: Context,
  { personId, userId }: Extract<Whose, { readonly kind: "person" }>,
  { formKey, guests, wishes }: z.output<typeof Fields>,
): Response {
  const contents = [String(personId), String(guests), wishes ?? ""];
  return actOnce(site, c, { key: formKey, contents }, () => {
    const given = { personId, guests, wishes: wishes ?? "" };
    keepGatheringAnswer(site.db, { ...given, userId, now: site.clock.now() });
    // A person's answers are told in their order; no page shows what the bot answered.
    tell(site, { alias: "gathering/answered", params: given, subject: `gathering:${personId}` });
    return DONE;
  });
}

function nobody(
  site: Site,
  c: Context,
  kind: "nobody" | "silent",
  sent: Omit<GatheringView, "name" | "problem"> | null,
): Promise<Response> {
  return kind === "silent"
    ? page(site, c, gatheringSilentPage(sent), 503)
    : page(site, c, gatheringExpiredPage(site.botStartLink), 404);
}

function page(
  site: Site,
  c: Context,
  content: Parameters<typeof show>[3],
  status?: PageStatus,
): Promise<Response> {
  return show(site, c, TITLE, content, status, PAGE);
}
