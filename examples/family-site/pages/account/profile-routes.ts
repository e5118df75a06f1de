import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { inviteBot, unlinkTelegram } from "../../change-standing.ts";
import type { User } from "../../data/users.ts";
import { EDITS, editUser } from "../../edit-user.ts";
import type { Site } from "../../site.ts";
import { actOnce, FormKey, formOf } from "../forms.ts";
import { signedIn } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { done, refusalWords } from "../refusals.ts";
import { endOtherVisits } from "../session.ts";
import { show } from "../show.ts";
import { toldSection } from "../told.ts";
import { profilePage } from "./profile.ts";
import { fieldProblem, formAgain, formOfUser, OwnFields, type UserForm } from "./user-form.ts";

const PAGE = "/profile";

const WANTED = { inOrderTo: "открыть свой профиль", back: PAGE };

const BotFields = z.discriminatedUnion("bot", [
  z.object({ bot: z.literal("on"), formKey: FormKey }),
  z.object({ bot: z.literal("off") }),
]);

/** The page of whoever is signed in. */
export function profileRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  pages.get(
    PAGE,
    signedIn(site, WANTED, (c, user) => profile(site, c, user, formOfUser(user))),
  );
  pages.post(
    PAGE,
    small,
    signedIn(site, WANTED, (c, user) => edit(site, c, user)),
  );
  pages.post(
    `${PAGE}/bot`,
    small,
    signedIn(site, WANTED, (c, user) => bot(site, c, user)),
  );
}

async function edit(site: Site, c: Context, user: User): Promise<Response> {
  const body = await formOf(c);
  const again = (problem: string) => profile(site, c, user, formAgain(body, problem), 422);
  const fields = OwnFields.safeParse(body);
  if (!fields.success) return again(fieldProblem(fields.error));
  const edited = editUser(site, user.id, fields.data, EDITS.ownProfile);
  return edited.ok ? c.redirect(PAGE, 303) : again(refusalWords(edited.reason));
}

/** Disconnects Telegram, with whoever got in through it and is elsewhere, or has the bot write. */
async function bot(site: Site, c: Context, { id }: User): Promise<Response> {
  const fields = BotFields.parse(await formOf(c));
  if (fields.bot === "off") {
    const unlinked = site.db.transaction(() => {
      endOtherVisits(site, c, id);
      return unlinkTelegram(site, id);
    });
    return done(site, c, unlinked, PAGE);
  }
  return actOnce(site, c, { key: fields.formKey, contents: [String(id)] }, () => {
    inviteBot(site, id);
    return PAGE;
  });
}

function profile(
  site: Site,
  c: Context,
  user: User,
  form: UserForm,
  status: 200 | 422 = 200,
): Promise<Response> {
  const told = toldSection(site.db, `user:${user.id}`, PAGE);
  return show(site, c, "Мой профиль", profilePage(user, form, told, randomUUID()), status, PAGE);
}
