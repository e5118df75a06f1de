import type { ChatAddress, LeadProfile, PersonProfile } from "../../contract/lead.ts";
import type { Directory } from "../../contract/ports.ts";

/** A lead as this directory keeps it. */
interface KeptLead {
  readonly address: ChatAddress;
  profile: LeadProfile;
  blocked: boolean;
}

/** Who is who, in memory. */
export class FakeDirectory {
  readonly #leads: KeptLead[] = [];
  readonly #persons = new Map<string, PersonProfile>();

  /** The port to this directory. */
  readonly port: Directory = {
    lead: async (address, sender, language) => {
      const known = this.#find(address);
      if (known) known.profile = { ...known.profile, firstName: sender.firstName, language };
      else {
        const profile = {
          leadId: this.#leads.length + 1,
          firstName: sender.firstName,
          language,
          person: null,
        };
        this.#leads.push({ address, profile, blocked: false });
      }
      return this.#there(address).profile;
    },
    findLead: async (address) => this.#find(address)?.profile ?? null,
    signIn: async (leadId, _botId, { userId, firstName, role }) => {
      const personId = this.#persons.get(userId)?.personId ?? this.#persons.size + 1;
      const person = { personId, userId, firstName, role };
      this.#persons.set(userId, person);
      const lead = this.#byId(leadId);
      lead.profile = { ...lead.profile, person };
      return person;
    },
    signOut: async (leadId, personId) => {
      const lead = this.#byId(leadId);
      if (lead.profile.person?.personId === personId) lead.profile = { ...lead.profile, person: null };
      return this.#leads.every(({ profile }) => profile.person?.personId !== personId);
    },
    setBlocked: async (leadId, blocked) => {
      this.#byId(leadId).blocked = blocked;
    },
  };

  /** The chats where this user of the main system is signed in. */
  chatsOf(userId: string): readonly ChatAddress[] {
    return this.#leads
      .filter(({ profile }) => profile.person?.userId === userId)
      .map(({ address }) => address);
  }

  /** Whether the person of this chat has blocked the bot. */
  isBlocked(externalId: string): boolean {
    return this.#leads.some(({ address, blocked }) => blocked && address.externalId === externalId);
  }

  #find({ externalId }: ChatAddress): KeptLead | undefined {
    return this.#leads.find(({ address }) => address.externalId === externalId);
  }

  #there(address: ChatAddress): KeptLead {
    const lead = this.#find(address);
    if (!lead) throw new Error("There is no such lead");
    return lead;
  }

  #byId(leadId: number): KeptLead {
    const lead = this.#leads[leadId - 1];
    if (!lead) throw new Error("There is no such lead");
    return lead;
  }
}
