import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import type { SystemUser } from "../../contract/system.ts";
import { accountOf, isBlockedUser } from "../../schema/account-of.ts";
import { identityOf, type LeadIdentity } from "../../schema/lead-identity.ts";
import type { DecidedFor } from "../../schema/sign-in.ts";
import { systemRefusal } from "../call/prepare.ts";
import { teachLeads } from "../call/teach.ts";
import type { House } from "../house.ts";
import type { SiteRequest } from "./endpoint.ts";
import { tellLinked } from "./tell.ts";

/** A link that is to be made, because a right PIN allows it. */
interface NewLink {
  readonly leadId: number;
  readonly userId: string;
  /** What was decided for: where it is not so any more, nothing is linked. */
  readonly decided: DecidedFor;
  /** Uses the PIN up; false where it allows no link any more. */
  useUp(): Promise<boolean>;
}

type Asked = Pick<SiteRequest<unknown>, "bot" | "token" | "house" | "requestId">;

/**
 * Links a lead with a user of the main system: they are the user's person from now on, their conversation knows it, and
 * it is told there. Made again by the same request, it goes on where it was.
 *
 * What a crash leaves, by where it comes. *Before the PIN is used up*: nothing; the site may ask again, or try `link`.
 * *Before the database has it*: the PIN is used up for this request alone; repeated with its key it goes on, without
 * one a new PIN is needed. *After it*: a new PIN finds the link made.
 */
export async function makeLink(
  asked: Asked,
  { leadId, userId, decided, useUp }: NewLink,
): Promise<LeadIdentity | Refusal> {
  const { bot, house } = asked;
  const { botId } = bot;
  const user = await userOf(bot, userId, house);
  if (isRefusal(user)) return user;
  // Before anything is given up for it: the chat would be a barred one, and its own account gone.
  if (!user.active || (await isBlockedUser(house.db, botId, userId))) return refuse("user-blocked");
  if (!(await useUp())) return refuse("not-verified");
  const lead = await house.linkLead(leadId, botId, user, decided);
  // While the main system was asked the chat may have signed out, or in as somebody else.
  return lead ? finishLink(asked, { leadId, userId }) : refuse("not-verified");
}

/** What is to be done once a link is in the database: the conversation learns it, and it is told. */
export async function finishLink(
  asked: Asked,
  link: Pick<NewLink, "leadId" | "userId">,
): Promise<LeadIdentity | Refusal> {
  const { bot, house } = asked;
  if (!(await teachLeads(bot.botId, [link.leadId], house))) return refuse("conversation-unreached");
  await tellLinked(asked, link);
  const identity = await identityOf(house.db, bot.botId, link.leadId);
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
