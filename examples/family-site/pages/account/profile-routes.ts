import type { Context, Hono } from "hono";
import { z } from "zod";
import { switchBot } from "../../change-standing.ts";
import { EDITS, editUser } from "../../edit-user.ts";
import type { Site } from "../../site.ts";
import { actorOf } from "../actor.ts";
import { formOf } from "../forms.ts";
import { smallForms } from "../limits.ts";
import { done, refusalWords } from "../refusals.ts";
import { show } from "../show.ts";
import { toldSection } from "../told.ts";
import { profilePage } from "./profile.ts";
import { fieldProblem, formAgain, formOfUser, OwnFields, type UserForm } from "./user-form.ts";

const PAGE = "/profile";

const SwitchFields = z.object({ bot: z.enum(["on", "off"]) });

/** The page of whoever the visitor acts as. */
export function profileRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  pages.get(PAGE, (c) => profile(site, c, formOfUser(actorOf(site.db, c))));
  pages.post(PAGE, small, async (c) => {
    const body = await formOf(c);
    const again = (problem: string) => profile(site, c, formAgain(body, problem), 422);
    const fields = OwnFields.safeParse(body);
    if (!fields.success) return again(fieldProblem(fields.error));
    const edited = editUser(site, actorOf(site.db, c).id, fields.data, EDITS.ownProfile);
    return edited.ok ? c.redirect(PAGE, 303) : again(refusalWords(edited.reason));
  });
  pages.post(`${PAGE}/bot`, small, async (c) => {
    const { bot } = SwitchFields.parse(await formOf(c));
    return done(site, c, switchBot(site, actorOf(site.db, c).id, bot === "on"), PAGE);
  });
}

function profile(site: Site, c: Context, form: UserForm, status: 200 | 422 = 200): Promise<Response> {
  const actor = actorOf(site.db, c);
  const told = toldSection(site.db, `user:${actor.id}`, PAGE);
  return show(site, c, "Мой профиль", profilePage(actor, form, told, site.botLink), status, PAGE);
}
