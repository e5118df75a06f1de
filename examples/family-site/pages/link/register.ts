import type { Context } from "hono";
import { z } from "zod";
import { movePendingLink } from "../../data/pending-links.ts";
import { addUser, findUser } from "../../data/users.ts";
import { email, Maybe, phone } from "../../fields.ts";
import type { Site } from "../../site.ts";
import { NameText } from "../../text.ts";
import { fieldProblem } from "../account/user-form.ts";
import { typed } from "../forms.ts";
import { connect } from "./connect.ts";
import { LINK, say } from "./notice.ts";
import { pendingLinkOf } from "./pending.ts";
import type { Problem } from "./problem.ts";
import { SIGN_IN } from "./register-page.ts";
import type { Submission } from "./submission.ts";

/** As `POST /user` takes it: a name, and a way to find the person again. */
const NewAccount = z
  .object({
    name: NameText,
    surname: Maybe,
    phone: phone("номер не разобрать"),
    email: email("адрес не разобрать"),
  })
  .refine((fields) => fields.phone !== null || fields.email !== null, {
    path: ["phone"],
    message: "нужен телефон или почта",
  });

type NewAccount = z.output<typeof NewAccount>;

/** An e-mail has no more characters. */
const LONGEST_FIELD = 254;

const NOWHERE = { country: null, region: null, city: null };

/**
 * Makes an account and links it. A phone or an e-mail that somebody has here signs nobody in: anyone can type it.
 * After a crash in between, the account is there and the page goes on with linking it.
 */
export async function register(site: Site, c: Context, sent: Submission): Promise<Response> {
  const again = (problem: Problem) => say(site, c, sent.link, problem, typedInto(sent.body));
  const fields = NewAccount.safeParse(sent.body);
  if (!fields.success) return again(incomplete(fieldProblem(fields.error)));
  const taken = addAccount(site, sent, fields.data);
  if (taken) return again(exists(taken));

  const link = pendingLinkOf(site, c);
  if (!link) return c.redirect(LINK, 303);
  return connect(site, c, { ...sent, link }, { relink: false });
}

/** The account and the mark of it stand or fall together: no crash makes a second one. Says what is taken instead. */
function addAccount(
  { db, clock }: Site,
  { link }: Submission,
  { name, surname, phone, email }: NewAccount,
): "phone" | "email" | null {
  return db.transaction(() => {
    if (phone !== null && findUser(db, { phone })) return "phone";
    if (email !== null && findUser(db, { email })) return "email";
    const names = { name, surname, patronymic: null };
    const standing = { phoneProven: false, role: "user", isActive: true, location: NOWHERE };
    const userId = addUser(db, { ...names, ...standing, phone, email });
    movePendingLink(db, link, { stage: "registered", userId, now: clock.now() });
    return null;
  });
}

/** What the form is filled with when it is shown again. */
function typedInto(body: Submission["body"]): Record<string, string> {
  const names = ["name", "surname", "phone", "email"];
  return Object.fromEntries(names.map((name) => [name, typed(body, name).slice(0, LONGEST_FIELD)]));
}

function incomplete(words: string): Problem {
  return { testid: "problem", title: "Форма заполнена не до конца", words };
}

function exists(by: "phone" | "email"): Problem {
  const what = by === "phone" ? "Такой телефон" : "Такая почта";
  return {
    testid: "link-account-exists",
    title: "Похоже, вы уже есть на сайте",
    words: `${what} есть у одного из аккаунтов. Если он ваш, войдите в него — и подключите Telegram одним нажатием.`,
    way: { href: SIGN_IN, label: "Войти в свой аккаунт" },
  };
}
