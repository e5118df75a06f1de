import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import type { SystemUser } from "../../contract/system.ts";
import { accountOf } from "../../schema/account-of.ts";
import { identityOf, type LeadIdentity } from "../../schema/lead-identity.ts";
import { systemRefusal } from "../call/prepare.ts";
import { teachLeads } from "../call/teach.ts";
import type { House } from "../house.ts";
import type { SiteRequest } from "./endpoint.ts";
import { tellLinked } from "./tell.ts";

/** A link that is to be made, because a right PIN allows it. */
interface NewLink {
  readonly leadId: number;
  readonly userId: string;
  /** Uses the PIN up; false where it allows no link any more. */
  useUp(): Promise<boolean>;
}

/**
 * Links a lead with a user of the main system: they are the user's person from now on, their conversation knows it, and
 * it is told there. Made again by the same request, it goes on where it was.
 *
 * What a crash leaves, by where it comes. *Before the PIN is used up*: nothing; the site may ask again, or try `link`.
 * *Before the database has it*: the PIN is used up for this request alone; repeated with its key it goes on, without
 * one a new PIN is needed. *After it*: a new PIN finds the link made.
 */
export async function makeLink(
  { bot, token, house, requestId }: Pick<SiteRequest<unknown>, "bot" | "token" | "house" | "requestId">,
  { leadId, userId, useUp }: NewLink,
): Promise<LeadIdentity | Refusal> {
  const user = await userOf(bot, userId, house);
  if (isRefusal(user)) return user;
  if (!(await useUp())) return refuse("not-verified");
  const lead = await house.directory.signIn(leadId, bot.botId, user);
  if (!(await teachLeads(bot.botId, [leadId], house))) return refuse("conversation-unreached");
  if (lead.barred) return refuse("user-blocked");
  await tellLinked({ bot, token, house, requestId }, { leadId, userId });
  const identity = await identityOf(house.db, bot.botId, leadId);
  // Signed out again at this very moment.
  return identity ?? refuse("lead-not-found");
}

/**
 * Whether a link that a request has made before it was cut short still stands: only then the request may be brought to
 * its end. One that was undone since, or whose chat is another account's by now, is not made anew.
 */
export async function isMade(
  { house, bot }: Pick<SiteRequest<unknown>, "house" | "bot">,
  { leadId, isLinked }: { readonly leadId: number | null; readonly isLinked: boolean },
  userId: string,
): Promise<boolean> {
  if (!isLinked || leadId === null) return false;
  return (await accountOf(house.db, bot.botId, { leadId })) === userId;
}

/** A user of the main system as that knows them now. */
export async function userOf(
  bot: SiteRequest<unknown>["bot"],
  userId: string,
  house: House,
): Promise<SystemUser | Refusal> {
  // Outside of `try`: a bot whose secrets can't be opened is our failure.
  const system = await house.system(bot, true);
  try {
    return (await system.user({ userId })) ?? refuse("user-not-found");
  } catch (error) {
    return systemRefusal(error);
  }
}
