import { askBot } from "../../bot/ask.ts";
import { findUser, fullName } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { IdentifiedByToken } from "../link/answers.ts";

/** The page that the bot's link must be for. */
const PATH = "gathering";

/** What a token of `chat.link` looks like; what is not is not worth a question. */
const TOKEN = /^[0-9A-Za-z]{32}$/;

/** Who comes with a token. */
export type Whose =
  | {
      readonly kind: "person";
      readonly personId: number;
      readonly userId: number | null;
      readonly name: string;
    }
  | { readonly kind: "nobody" | "silent" };

/** Asks the bot whose token this is. One that was made for another page opens nothing here. */
export async function whoseToken(site: Site, token: string | undefined): Promise<Whose> {
  if (token === undefined || !TOKEN.test(token)) return { kind: "nobody" };
  const answer = await askBot(site, "identify", { token });
  if (answer.kind === "no") return { kind: "nobody" };
  if (answer.kind !== "yes") return { kind: "silent" };
  const identified = IdentifiedByToken.safeParse(answer.answer);
  if (!identified.success) {
    site.log("identify answered what is not understood");
    return { kind: "silent" };
  }
  return personOf(site, identified.data);
}

function personOf({ db }: Site, { path, personId, userId, leadName }: IdentifiedByToken): Whose {
  if (path.replaceAll(/^\/|\/$/g, "") !== PATH) return { kind: "nobody" };
  const user = userId === null ? null : findUser(db, { userId });
  return {
    kind: "person",
    personId,
    userId: user?.id ?? null,
    name: user ? fullName(user) : leadName,
  };
}
