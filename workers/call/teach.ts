import { errorFacts } from "../../contract/errors.ts";
import { conversationName } from "../../contract/lead.ts";
import type { LeadNews } from "../../contract/person-change.ts";
import { within } from "../../contract/within.ts";
import { newsOf, newsOfLeads } from "../../schema/lead-news.ts";
import type { MadeChange } from "../../schema/person-change.ts";
import type { House } from "../house.ts";

/** Whoever called waits for this; a conversation that is busy for longer learns it later, and the call is made again. */
const LONGEST_MS = 10_000;

/**
 * Has the conversations of a user know what was changed of them; to be done again until it is true. Taught twice, they
 * know it once.
 * @returns whether all of them do
 */
export async function teach(botId: string, made: MadeChange, house: House): Promise<boolean> {
  return teachAll(await newsOf(house.db, botId, made), house);
}

/** The same of leads by their ids, whatever was changed of them. */
export async function teachLeads(botId: string, leadIds: readonly number[], house: House): Promise<boolean> {
  return teachAll(await newsOfLeads(house.db, botId, leadIds), house);
}

async function teachAll(news: readonly LeadNews[], house: House): Promise<boolean> {
  const learned = await Promise.all(news.map((one) => isLearned(one, house)));
  return learned.every(Boolean);
}

async function isLearned(news: LeadNews, house: House): Promise<boolean> {
  try {
    await within(LONGEST_MS, "A conversation", house.conversation(news.address).learn(news));
    return true;
  } catch (error) {
    house.log("news-not-learned", { conversation: conversationName(news.address), ...errorFacts(error) });
    return false;
  }
}
