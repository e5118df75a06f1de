import { eq, type SQL, sql } from "drizzle-orm";
import type { LeadProfile } from "../contract/lead.ts";
import { randomBase62 } from "../contract/random.ts";
import type { SystemUser } from "../contract/system.ts";
import { ask, type Database, together } from "./database.ts";
import { endFormLinks, endStartLinks } from "./end-links.ts";
import { leadsWhere } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { moveLeads, renewBuids } from "./move-lead.ts";
import { personLinkedTo, personOfUser } from "./person-of-user.ts";
import { insertPerson, updatePerson } from "./person-sql.ts";
import { BUID_LENGTH } from "./web-users.ts";

/** A lead that proved to be a user of the main system. */
interface SignIn {
  readonly leadId: number;
  readonly botId: string;
  readonly user: SystemUser;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What was true when a link was decided about: whose this BUID is (`null`: nobody's yet) in whose chat the PIN was. */
export interface DecidedFor {
  readonly buid: string;
  readonly userId: string | null;
}

/** Who is concerned, as it is before anything is done. */
interface Standing {
  /** The person who is this user, or was the last to be; `null` where there never was one. */
  readonly personId: number | null;
  /** The person that the lead is without an account; `null` where it is none, or has one. */
  readonly strangerId: number | null;
}

/**
 * Makes the lead's person the one of this user, and links the two. Whoever was that user before is the same person
 * again, also where their account was deleted in between; and who was blocked still is. A stranger who has a BUID, and
 * becomes a user who never was here, stays the person that they are. A chat that was another account's leaves that, and
 * an account is unlinked with its last chat. Done twice, it changes nothing; two at once, the second fails and finds the
 * first one's person when it is tried again.
 */
export function signIn(db: Database, sign: SignIn): Promise<LeadProfile> {
  return signInWhere(db, sign, []);
}

async function signInWhere(db: Database, sign: SignIn, guards: readonly SQL[]): Promise<LeadProfile> {
  const { leadId, user } = sign;
  await together(db, [...guards, ...become(sign, await standingOf(db, sign)), ...closeLeft(sign)]);
  const [found] = await leadsWhere(db, eq(leads.id, leadId));
  const who = found?.lead.person ?? found?.lead.barred;
  // Somebody may have signed out, or in, at the same moment.
  if (!found || who?.userId !== user.userId)
    throw new Error("A lead that was just signed in is somebody else");
  return found.lead;
}

/**
 * The same for a link, as long as what was decided for is still so: else nothing is done. `null` where the chat has signed
 * out, or in as somebody else, or was unlinked meanwhile.
 */
export async function linkLead(db: Database, sign: SignIn, decided: DecidedFor): Promise<LeadProfile | null> {
  const { botId, leadId } = sign;
  const isStillSo = sql`EXISTS (SELECT 1 FROM leads JOIN web_users AS account ON account.person_id = leads.person_id
    WHERE leads.id = ${leadId} AND account.bot_id = ${botId} AND account.buid = ${decided.buid}
      AND account.unlinked_at IS NULL AND account.web_user_id IS ${decided.userId})`;
  try {
    return await signInWhere(db, sign, [failUnless(isStillSo)]);
  } catch (error) {
    const [row] = await ask(db.all<{ isSo: number }>(sql`SELECT ${isStillSo} AS "isSo"`));
    if (row?.isSo === 0) return null;
    throw error;
  }
}

async function standingOf(db: Database, { botId, leadId, user: { userId } }: SignIn): Promise<Standing> {
  const stranger = sql`(SELECT account.person_id FROM leads JOIN web_users AS account ON account.person_id = leads.person_id
    AND account.unlinked_at IS NULL AND account.web_user_id IS NULL WHERE leads.id = ${leadId})`;
  const [row] = await ask(
    db.all<Standing>(sql`SELECT ${personOfUser(botId, userId)} AS "personId", ${stranger} AS "strangerId"`),
  );
  if (!row) throw new Error("A query of one row gave none");
  return row;
}

function become(sign: SignIn, { personId, strangerId }: Standing): readonly SQL[] {
  if (personId !== null) return joinPerson(sign, personId);
  return strangerId === null ? makePerson(sign) : adoptStranger(sign, strangerId);
}

/** The lead becomes a person who is there; one who is not linked, or not any more since a moment, is linked again. */
function joinPerson({ leadId, botId, user, now }: SignIn, personId: number): readonly SQL[] {
  const { userId } = user;
  const isLinked = sql`person_id = ${personId} AND web_user_id = ${userId} AND unlinked_at IS NULL`;
  return [
    updatePerson(personId, user, now),
    sql`INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at)
      SELECT ${botId}, ${randomBase62(BUID_LENGTH)}, ${personId}, ${userId}, ${now}
      WHERE NOT EXISTS (SELECT 1 FROM web_users WHERE ${isLinked})`,
    ...comeTo(leadId, sql`${personId}`, now),
  ];
}

function makePerson({ leadId, botId, user, now }: SignIn): readonly SQL[] {
  const { userId } = user;
  // A call may have made a person of this user a moment ago, to bar them: then there is nothing to link, and all fails.
  const personId = sql`iif(${personOfUser(botId, userId)} IS NULL, last_insert_rowid(), NULL)`;
  return [
    insertPerson(botId, user, sql`true`, now),
    sql`INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at)
      VALUES (${botId}, ${randomBase62(BUID_LENGTH)}, ${personId}, ${userId}, ${now})`,
    ...comeTo(leadId, personLinkedTo(botId, userId), now),
  ];
}

/** Who the lead is stays; where somebody else has become this user meanwhile, all fails. */
function adoptStranger({ leadId, botId, user, now }: SignIn, strangerId: number): readonly SQL[] {
  const { userId } = user;
  const account = sql`iif(${personOfUser(botId, userId)} IS NULL, ${userId}, NULL)`;
  const isStillStranger = sql`EXISTS (SELECT 1 FROM leads JOIN web_users AS account ON account.person_id = leads.person_id
    WHERE leads.id = ${leadId} AND leads.person_id = ${strangerId} AND account.unlinked_at IS NULL
      AND account.web_user_id IS NULL)`;
  return [
    // Or this user's name and role would stand on the person of whoever was quicker.
    failUnless(isStillStranger),
    updatePerson(strangerId, user, now),
    sql`UPDATE web_users SET web_user_id = ${account}, linked_at = ${now}
      WHERE person_id = ${strangerId} AND unlinked_at IS NULL AND web_user_id IS NULL`,
    sql`UPDATE leads SET moved_at = ${now} WHERE id = ${leadId}`,
  ];
}

/** A statement that fails, and all that stands with it in a batch, where something is not so. */
function failUnless(condition: SQL): SQL {
  return sql`INSERT INTO web_users (bot_id) SELECT NULL WHERE NOT ${condition}`;
}

/** Moves the lead, where its person is another one yet. What that one's BUID was given out for in this chat ends. */
function comeTo(leadId: number, personId: SQL, now: number): readonly SQL[] {
  const isAnother = sql`leads.id = ${leadId} AND leads.person_id IS NOT ${personId}`;
  return [endFormLinks(isAnother, now), renewBuids(isAnother), moveLeads(personId, isAnother, now)];
}

/** Closes the account, or the BUID, of the person that the lead was before, where that was their last lead. */
function closeLeft({ leadId, now }: SignIn): readonly SQL[] {
  const isLeft = sql`person_id = (SELECT moved_from FROM leads WHERE id = ${leadId})
    AND NOT EXISTS (SELECT 1 FROM leads WHERE leads.person_id = web_users.person_id)`;
  return [
    endStartLinks(isLeft, now),
    sql`UPDATE web_users SET unlinked_at = ${now} WHERE unlinked_at IS NULL AND ${isLeft}`,
  ];
}
