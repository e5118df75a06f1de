import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import { z } from "zod";
import type { Database } from "../../data/database.ts";
import { messagesOf } from "../../data/messages.ts";
import { allRequests, findRequest } from "../../data/requests.ts";
import type { User } from "../../data/users.ts";
import { acceptRequest, askForHelp, finishRequest, rateRequest, writeMessage } from "../../help.ts";
import type { Site } from "../../site.ts";
import { OptionalText, parseId } from "../../text.ts";
import { othersThan } from "../actor.ts";
import { actOnce, BackPath, CommentFields, formOf, problemOf, typed } from "../forms.ts";
import { guestHint, signedIn, type Wanted } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { done } from "../refusals.ts";
import { sessionUser } from "../session.ts";
import { fragment, show } from "../show.ts";
import { toldSection } from "../told.ts";
import { askForm, requestsPage, type TextForm } from "./list.ts";
import { type RequestView, requestLive, requestPage } from "./request.ts";

const RatingFields = z.object({ rating: z.coerce.number().int().min(1).max(5), comment: OptionalText });

const ASKING = { inOrderTo: "попросить о помощи", back: "/requests" };

/** The helpdesk. Who may do what is decided by `help.ts`; these only ask and show. */
export function helpdeskRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const small = smallForms(site);
  pages.get("/requests", (c) => list(site, c, emptyForm()));
  pages.post(
    "/requests",
    small,
    signedIn(site, ASKING, (c, customer) => ask(site, c, customer)),
  );
  pages.get("/requests/:id", (c) => {
    const view = viewOf(db, idOf(c));
    return view ? one(site, c, view, emptyForm()) : c.notFound();
  });
  pages.use("/requests/:id/live", etag());
  pages.get("/requests/:id/live", (c) => {
    const view = viewOf(db, idOf(c));
    return view ? fragment(c, requestLive(view)) : c.notFound();
  });
  const post = (name: string, act: (c: Context, actor: User) => Response | Promise<Response>) =>
    pages.post(
      `/requests/:id/${name}`,
      small,
      signedIn(site, (c) => takingPart(c.req.param("id") ?? ""), act),
    );
  post("messages", (c, author) => write(site, c, author));
  for (const [name, act] of Object.entries({ accept: acceptRequest, finish: finishRequest })) {
    post(name, (c, actor) => done(site, c, act(site, idOf(c), actor), `/requests/${idOf(c)}`));
  }
  post("rating", async (c, { id: userId }) => {
    const fields = RatingFields.parse(await formOf(c));
    const requestId = idOf(c);
    const rated = rateRequest(site, { requestId, userId, ...fields });
    return done(site, c, rated, `/requests/${requestId}`);
  });
}

async function ask(site: Site, c: Context, { id: userId }: User): Promise<Response> {
  const body = await formOf(c);
  const fields = CommentFields.safeParse(body);
  if (!fields.success) return list(site, c, formAgain(body, fields.error));
  const { text, formKey } = fields.data;
  return actOnce(site, c, { key: formKey, contents: [String(userId), text] }, () => {
    const asked = askForHelp(site, { userId, text });
    return asked.ok ? `/requests/${asked.id}` : "/requests";
  });
}

async function write(site: Site, c: Context, { id: authorId }: User): Promise<Response> {
  const view = viewOf(site.db, idOf(c));
  if (!view) return c.notFound();
  const body = await formOf(c);
  const fields = CommentFields.safeParse(body);
  if (!fields.success) return one(site, c, view, formAgain(body, fields.error));
  const { text, formKey } = fields.data;
  const requestId = view.request.id;
  return actOnce(site, c, { key: formKey, contents: [String(authorId), text] }, () => {
    const written = writeMessage(site, { requestId, authorId, text });
    return written.ok ? `/requests/${requestId}#message-${written.id}` : `/requests/${requestId}`;
  });
}

function list(site: Site, c: Context, form: TextForm): Promise<Response> {
  const actor = sessionUser(site, c);
  const asking = actor ? askForm(actor, form) : guestHint(site, ASKING);
  const content = requestsPage(allRequests(site.db), asking);
  return show(site, c, "Помощь", content, form.problem === null ? 200 : 422, "/requests");
}

function one(site: Site, c: Context, view: RequestView, form: TextForm): Promise<Response> {
  const { id, title, userId, performerId } = view.request;
  const actor = sessionUser(site, c);
  const hint = actor ? null : guestHint(site, takingPart(String(id)));
  const others = othersThan(actor, site.db, [userId, performerId]);
  const page = `/requests/${id}`;
  const told = toldSection(site.db, `request:${id}`, page);
  const content = requestPage(view, { actor, others, hint }, form, told);
  return show(site, c, title, content, form.problem === null ? 200 : 422, page);
}

function takingPart(requestId: string): Wanted {
  return { inOrderTo: "помочь или ответить", back: BackPath.parse(`/requests/${requestId}`) };
}

function viewOf(db: Database, id: number): RequestView | null {
  const request = findRequest(db, id);
  return request && { request, messages: messagesOf(db, id) };
}

function idOf(c: Context): number {
  return parseId(c.req.param("id")) ?? 0;
}

function emptyForm(): TextForm {
  return { key: randomUUID(), text: "", problem: null };
}

function formAgain(body: Record<string, unknown>, error: z.ZodError): TextForm {
  return { key: randomUUID(), text: typed(body), problem: problemOf(error) };
}
