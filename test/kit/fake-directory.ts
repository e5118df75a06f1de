import type { ChatAddress, LeadProfile, LeadStatus, PersonProfile } from "../../contract/lead.ts";
import type { Directory } from "../../contract/ports.ts";

/** A lead as this directory keeps it. */
interface KeptLead {
  readonly address: ChatAddress;
  profile: LeadProfile;
  status: LeadStatus;
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
        this.#leads.push({ address, profile, status: "active" });
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
    setStatus: async (leadId, status) => {
      this.#byId(leadId).status = status;
    },
  };

  /** The leads as whom this user of the main system is signed in, each with its chat. */
  leadsOf(userId: string): readonly { readonly address: ChatAddress; readonly profile: LeadProfile }[] {
    return this.#leads.filter(({ profile }) => profile.person?.userId === userId);
  }

  /** Whether the person of this chat can be written to. */
  statusOf(externalId: string): LeadStatus | undefined {
    return this.#leads.find(({ address }) => address.externalId === externalId)?.status;
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
