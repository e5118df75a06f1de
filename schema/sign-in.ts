import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { LeadProfile } from "../contract/lead.ts";
import { randomBase62 } from "../contract/random.ts";
import type { SystemUser } from "../contract/system.ts";
import { ask, type Database } from "./database.ts";
import { leadsWhere } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { rowOf } from "./person-fields.ts";
import { personLinkedTo, personOfUser } from "./person-of-user.ts";
import { persons } from "./persons.ts";
import { BUID_LENGTH, webUsers } from "./web-users.ts";

/** A lead that proved to be a user of the main system. */
interface SignIn {
  readonly leadId: number;
  readonly botId: string;
  readonly user: SystemUser;
  readonly now: Date;
}

/**
 * Makes the lead's person the one of this user, and links the two. Whoever was that user before is the same person
 * again, also where their account was deleted in between; and who was blocked still is. Done twice, it changes nothing;
 * two at once, the second fails and finds the first one's person when it is tried again.
 */
export async function signIn(db: Database, sign: SignIn): Promise<LeadProfile> {
  const { botId, user, leadId } = sign;
  const known = await findPerson(db, botId, user.userId);
  if (known?.linked) await joinPerson(db, sign, known.personId);
  else if (known) await linkAgain(db, sign, known.personId);
  else await makePerson(db, sign);

  const [found] = await leadsWhere(db, eq(leads.id, leadId));
  if (!found?.lead.person && !found?.lead.barred)
    throw new Error("A lead that was just signed in has no person");
  return found.lead;
}

/**
 * Takes this person from the lead; with the person's last lead the account is unlinked. History stays. True where the
 * person has no lead left, also when it is asked again.
 */
export async function signOut(db: Database, leadId: number, personId: number, now: Date): Promise<boolean> {
  const noLeadLeft = sql`NOT EXISTS (SELECT 1 FROM leads WHERE leads.person_id = ${personId})`;
  await ask(
    db.batch([
      moveLead(db, null, now).where(and(eq(leads.id, leadId), eq(leads.personId, personId))),
      db
        .update(webUsers)
        .set({ unlinkedAt: now })
        .where(and(eq(webUsers.personId, personId), isNull(webUsers.unlinkedAt), noLeadLeft)),
    ]),
  );
  const [left] = await ask(
    db.select({ id: leads.id }).from(leads).where(eq(leads.personId, personId)).limit(1),
  );
  return left === undefined;
}

/** The person who is this user, or was the last to be. */
async function findPerson(db: Database, botId: string, userId: string) {
  const [row] = await ask(
    db.all<{ readonly personId: number | null; readonly isLinked: number }>(
      sql`SELECT ${personOfUser(botId, userId)} AS "personId", ${personLinkedTo(botId, userId)} IS NOT NULL AS "isLinked"`,
    ),
  );
  return row && row.personId !== null ? { personId: row.personId, linked: row.isLinked === 1 } : null;
}

async function joinPerson(db: Database, { leadId, user, now }: SignIn, personId: number): Promise<void> {
  await ask(
    db.batch([
      db
        .update(persons)
        .set({ ...rowOf(user), updatedAt: now })
        .where(eq(persons.id, personId)),
      moveLead(db, personId, now).where(isAnother(leadId, personId)),
    ]),
  );
}

async function linkAgain(
  db: Database,
  { leadId, botId, user, now }: SignIn,
  personId: number,
): Promise<void> {
  const link = { botId, buid: randomBase62(BUID_LENGTH), personId, webUserId: user.userId, linkedAt: now };
  await ask(
    db.batch([
      db
        .update(persons)
        .set({ ...rowOf(user), updatedAt: now })
        .where(eq(persons.id, personId)),
      db.insert(webUsers).values(link),
      moveLead(db, personId, now).where(isAnother(leadId, personId)),
    ]),
  );
}

async function makePerson(db: Database, { leadId, botId, user, now }: SignIn): Promise<void> {
  const link = { botId, buid: randomBase62(BUID_LENGTH), webUserId: user.userId, linkedAt: now };
  const linked = personLinkedTo(botId, user.userId);
  // A call may have made a person of this user a moment ago, to bar them: then there is nothing to link, and all fails.
  const isNew = sql`${personOfUser(botId, user.userId)} IS NULL`;
  await ask(
    db.batch([
      db.insert(persons).values({ botId, ...rowOf(user), createdAt: now, updatedAt: now }),
      db.insert(webUsers).values({ ...link, personId: sql`iif(${isNew}, last_insert_rowid(), NULL)` }),
      moveLead(db, linked, now).where(isAnother(leadId, linked)),
    ]),
  );
}

/** Makes a lead another person, and notes it for those who are walking past everybody. */
function moveLead(db: Database, personId: number | SQL | null, now: Date) {
  return db.update(leads).set({ personId, movedFrom: sql`person_id`, movedAt: now });
}

/** Of this lead, where its person is another one yet. */
function isAnother(leadId: number, personId: number | SQL): SQL {
  return sql`${leads.id} = ${leadId} AND ${leads.personId} IS NOT ${personId}`;
}
