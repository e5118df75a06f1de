import { and, eq } from "drizzle-orm";
import type { Sender } from "../contract/inbound.ts";
import type { ChatAddress, LeadProfile } from "../contract/lead.ts";
import type { Directory, LeadTraits } from "../contract/ports.ts";
import type { Language } from "../contract/words.ts";
import { ask, type Database } from "./database.ts";
import { leadsWhere } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

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
    signIn: (leadId, botId, user) => signIn(db, { leadId, botId, user, now: now() }),
    signOut: (leadId, personId) => signOut(db, leadId, personId, now()),
    async setStatus(leadId, status) {
      await ask(db.update(leads).set({ status }).where(eq(leads.id, leadId)));
    },
    setTraits: (leadId, traits) => setTraits(db, leadId, traits),
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
  const isThere = and(eq(leads.botId, botId), eq(leads.channel, channel), eq(leads.externalId, externalId));
  const [found] = await leadsWhere(db, isThere);
  return found?.lead ?? null;
}

/** What is not told stays as it is. */
async function setTraits(
  db: Database,
  leadId: number,
  { pausedUntil, ...traits }: Partial<LeadTraits>,
): Promise<void> {
  const until = typeof pausedUntil === "number" ? new Date(pausedUntil) : pausedUntil;
  const told = Object.entries({ ...traits, pausedUntil: until }).filter(([, value]) => value !== undefined);
  if (told.length === 0) return;
  await ask(db.update(leads).set(Object.fromEntries(told)).where(eq(leads.id, leadId)));
}
