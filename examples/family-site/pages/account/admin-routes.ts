import { randomUUID } from "node:crypto";
import type { Context, Handler, Hono } from "hono";
import { z } from "zod";
import {
  blockUser,
  deleteUser,
  pauseUser,
  resumeUser,
  type Standing,
  unblockUser,
} from "../../change-standing.ts";
import { allUsers, deletedUsers, findAnyone, findUser, isStaff, type User } from "../../data/users.ts";
import { EDITS, editUser } from "../../edit-user.ts";
import type { Site } from "../../site.ts";
import { parseId, ReasonText } from "../../text.ts";
import { actOnce, BackPath, FormKey, formOf, problemOf } from "../forms.ts";
import { guestPage } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { done, refusalWords } from "../refusals.ts";
import { sessionUser } from "../session.ts";
import { show } from "../show.ts";
import { toldSection } from "../told.ts";
import { adminPage, staffOnlyPage } from "./admin.ts";
import { adminUserPage } from "./admin-user.ts";
import { AllFields, fieldProblem, formAgain, formOfUser, type UserForm } from "./user-form.ts";

const BlockFields = z.object({ reason: ReasonText });
const PauseFields = z.object({ until: z.string().optional(), formKey: FormKey });
const ResumeFields = z.object({ formKey: FormKey });

/** What an administrator does with people. Each page and each form asks first who the visitor is. */
export function adminRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const people = () => [...allUsers(db), ...deletedUsers(db)];
  pages.use("/admin/*", smallForms(site), async (c, next) => {
    const actor = sessionUser(site, c);
    if (actor && isStaff(actor)) return next();
    const staff = allUsers(db).find((user) => user.isActive && isStaff(user));
    // Where a form was refused there is no page to return to.
    const back = c.req.method === "GET" ? BackPath.parse(c.req.path) : "/admin";
    if (!actor) return guestPage(site, c, { inOrderTo: "управлять сайтом", back });
    return show(site, c, "Управление", staffOnlyPage(staff, back), 403);
  });
  pages.get("/admin", (c) => show(site, c, "Управление", adminPage(people())));
  pages.get("/admin/users/:id", (c) => {
    const user = findAnyone(db, parseId(c.req.param("id")) ?? 0);
    return user ? person(site, c, user, {}) : c.notFound();
  });
  pages.post(
    "/admin/users/:id",
    withUser(site, (c, user, body) => edit(site, c, user, body)),
  );
  pages.post(
    "/admin/users/:id/block",
    withUser(site, (c, user, body) => block(site, c, user, body)),
  );
  pages.post(
    "/admin/users/:id/pause",
    withUser(site, (c, user, body) => pause(site, c, user, body)),
  );
  pages.post(
    "/admin/users/:id/resume",
    withUser(site, (c, user, body) => resume(site, c, user, body)),
  );
  for (const [name, act] of Object.entries({ unblock: unblockUser, delete: deleteUser })) {
    pages.post(
      `/admin/users/:id/${name}`,
      withUser(site, (c, user) => done(site, c, act(site, user.id), addressOf(user))),
    );
  }
}

type Body = Record<string, unknown>;

function withUser(
  site: Site,
  act: (c: Context, user: User, body: Body) => Response | Promise<Response>,
): Handler {
  return async (c) => {
    const user = findUser(site.db, { userId: parseId(c.req.param("id")) ?? 0 });
    return user ? act(c, user, await formOf(c)) : c.notFound();
  };
}

function edit(site: Site, c: Context, user: User, body: Body): Response | Promise<Response> {
  const again = (problem: string) => person(site, c, user, { form: formAgain(body, problem) });
  const fields = AllFields.safeParse(body);
  if (!fields.success) return again(fieldProblem(fields.error));
  const edited = editUser(site, user.id, fields.data, EDITS.administration);
  return edited.ok ? c.redirect(addressOf(user), 303) : again(refusalWords(edited.reason));
}

function block(site: Site, c: Context, user: User, body: Body): Response | Promise<Response> {
  const fields = BlockFields.safeParse(body);
  if (!fields.success) return person(site, c, user, { problem: problemOf(fields.error) });
  return done(site, c, blockUser(site, user.id, fields.data.reason), addressOf(user));
}

function pause(site: Site, c: Context, user: User, body: Body): Response | Promise<Response> {
  const { until, formKey } = PauseFields.parse(body);
  const at = until ? moscowTime(until) : null;
  if (at !== null && !(at > site.clock.now())) {
    return person(site, c, user, { problem: "Это время уже прошло: выберите другое" });
  }
  return askOnce(site, c, user, { formKey, contents: until ?? "" }, () => pauseUser(site, user.id, at));
}

function resume(site: Site, c: Context, user: User, body: Body): Response {
  const { formKey } = ResumeFields.parse(body);
  return askOnce(site, c, user, { formKey, contents: "" }, () => resumeUser(site, user.id));
}

function askOnce(
  site: Site,
  c: Context,
  user: User,
  form: { readonly formKey: string; readonly contents: string },
  ask: () => Standing,
): Response {
  return actOnce(site, c, { key: form.formKey, contents: [form.contents] }, () => {
    ask();
    return addressOf(user);
  });
}

/** What stands in a field of a form, by the clock on the wall in Moscow; `NaN` where it is no time. */
function moscowTime(written: string): number {
  return Date.parse(`${written}+03:00`);
}

function addressOf({ id }: User): string {
  return `/admin/users/${id}`;
}

function person(
  site: Site,
  c: Context,
  user: User,
  { form, problem }: { readonly form?: UserForm; readonly problem?: string },
): Promise<Response> {
  const told = toldSection(site.db, `user:${user.id}`, addressOf(user));
  const view = {
    user,
    form: form ?? formOfUser(user),
    told,
    key: randomUUID(),
    problem: problem ?? null,
  };
  return show(site, c, "Управление", adminUserPage(view), form || problem ? 422 : 200, addressOf(user));
}
