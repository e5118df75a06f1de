import { and, eq } from "drizzle-orm";
import type { Sender } from "../contract/inbound.ts";
import type { ChatAddress, LeadProfile } from "../contract/lead.ts";
import type { Directory } from "../contract/ports.ts";
import type { Language } from "../contract/words.ts";
import { ask, type Database } from "./database.ts";
import { accountOfPerson, leadProfileOf, personOfLead, profileColumns } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { persons } from "./persons.ts";
import { signIn, signOut } from "./sign-in.ts";
import { webUsers } from "./web-users.ts";

/** Who is who, in the database. `now` gives milliseconds since 1970. */
export function directoryIn(db: Database, now: () => number): Directory {
  return {
    async lead(address, sender, language) {
      await saveLead(db, address, sender, language, new Date(now()));
      const lead = await findLead(db, address);
      if (!lead) throw new Error("A lead that was just saved is not there");
      return lead;
    },
    findLead: (address) => findLead(db, address),
    signIn: (leadId, botId, user) => signIn(db, { leadId, botId, user, now: new Date(now()) }),
    signOut: (leadId, personId) => signOut(db, leadId, personId, new Date(now())),
    async setStatus(leadId, status) {
      await ask(db.update(leads).set({ status }).where(eq(leads.id, leadId)));
    },
  };
}

async function saveLead(db: Database, address: ChatAddress, sender: Sender, language: Language, at: Date) {
  const names = {
    firstName: sender.firstName,
    lastName: sender.lastName ?? "",
    username: sender.username ?? "",
    language,
  };
  const { botId, channel, externalId } = address;
  await ask(
    db
      .insert(leads)
      .values({ botId, channel, externalId, ...names, createdAt: at, lastActivityAt: at })
      .onConflictDoUpdate({ target: [leads.botId, leads.channel, leads.externalId], set: names }),
  );
}

async function findLead(
  db: Database,
  { botId, channel, externalId }: ChatAddress,
): Promise<LeadProfile | null> {
  const [row] = await ask(
    db
      .select(profileColumns)
      .from(leads)
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(and(eq(leads.botId, botId), eq(leads.channel, channel), eq(leads.externalId, externalId)))
      .limit(1),
  );
  return row ? leadProfileOf(row) : null;
}
