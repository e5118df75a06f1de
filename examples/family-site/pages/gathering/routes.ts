import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { keepGatheringAnswer } from "../../data/gathering.ts";
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
import { forgetToken, keepToken, keptToken, PAGE } from "./token.ts";
import { type Whose, whoseToken } from "./whose.ts";

const DONE = `${PAGE}/done`;
const TITLE = "Семейный праздник";

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
  keepToken(site, c, token);
  return c.redirect(PAGE, 303);
}

/** Empty, whatever was answered before: a link may be passed on, and then shows no more than a name. */
async function form(site: Site, c: Context): Promise<Response> {
  const token = keptToken(c);
  const whose = await whoseToken(site, token);
  if (whose.kind !== "person") return nobody(site, c, whose.kind, null);
  const view = { token, key: randomUUID(), guests: "1", wishes: "", problem: null };
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
  forgetToken(c);
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
