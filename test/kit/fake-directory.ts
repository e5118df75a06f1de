import type { ChatAddress, LeadProfile, LeadStatus } from "../../contract/lead.ts";
import type { FoundChange, LeadNews, PersonChange, PersonField, PersonFields } from "../../contract/person-change.ts";
import type { Directory } from "../../contract/ports.ts";

/** A lead as this directory keeps it. */
interface KeptLead {
  readonly address: ChatAddress;
  profile: LeadProfile;
  status: LeadStatus;
  /** The user who was signed in there last. */
  lastUser: string | null;
}

/** A person as this directory keeps them. */
interface KeptPerson {
  readonly personId: number;
  fields: PersonFields;
  blockReason: string | null;
}

/** Who is who, in memory. */
export class FakeDirectory {
  readonly #leads: KeptLead[] = [];
  readonly #persons = new Map<string, KeptPerson>();

  /** The port to this directory. */
  readonly port: Directory = {
    lead: async (address, { firstName }, language) => {
      const known = this.#find(address);
      if (known) known.profile = { ...known.profile, firstName, language };
      else {
        const leadId = this.#leads.length + 1;
        const profile = { leadId, firstName, language, ...STRANGER };
        this.#leads.push({ address, profile, status: "active", lastUser: null });
      }
      return this.#there(address).profile;
    },
    findLead: async (address) => this.#find(address)?.profile ?? null,
    signIn: async (leadId, _botId, { userId, ...fields }) => {
      const known = this.#persons.get(userId);
      const personId = known?.personId ?? this.#persons.size + 1;
      this.#persons.set(userId, { personId, fields, blockReason: known?.blockReason ?? null });
      const lead = this.#byId(leadId);
      lead.lastUser = userId;
      lead.profile = { ...lead.profile, ...this.#standing(userId) };
      return lead.profile;
    },
    signOut: async (leadId, personId) => {
      const lead = this.#byId(leadId);
      if (lead.profile.person?.personId === personId) lead.profile = { ...lead.profile, person: null };
      return this.#leads.every(({ profile }) => profile.person?.personId !== personId);
    },
    setStatus: async (leadId, status) => {
      this.#byId(leadId).status = status;
    },
    setTraits: async (leadId, traits) => {
      const lead = this.#byId(leadId);
      lead.profile = { ...lead.profile, ...traits };
    },
  };

  /** The leads as whom this user of the main system is signed in, each with its chat. */
  leadsOf(userId: string): readonly { readonly address: ChatAddress; readonly profile: LeadProfile }[] {
    return this.#leads.filter(({ profile }) => profile.person?.userId === userId);
  }

  /** All leads, each with its chat. */
  get leads(): readonly { readonly address: ChatAddress; readonly profile: LeadProfile }[] {
    return this.#leads;
  }

  /** The lead of a chat. */
  profileOf(externalId: string): LeadProfile | undefined {
    return this.#leads.find(({ address }) => address.externalId === externalId)?.profile;
  }

  /** Whether the person of this chat can be written to. */
  statusOf(externalId: string): LeadStatus | undefined {
    return this.#leads.find(({ address }) => address.externalId === externalId)?.status;
  }

  /** What a call's change comes to; `null` where nobody here ever was this user. */
  findChange(change: PersonChange): FoundChange | null {
    const person = this.#persons.get(change.userId);
    if (!person) return null;
    const leads = this.#chatsOf(change.userId);
    const changed = change.kind === "update" ? differing(person.fields, change.fields) : [];
    const leadIds = leads.map(({ profile }) => profile.leadId);
    return { isChange: this.#isChange(change, person, leads, changed), changed, leadIds };
  }

  /** Makes a call's change; what the conversations are to know of it, and in which chats the user is met. */
  makeChange(change: PersonChange): readonly LeadNews[] {
    const person = this.#persons.get(change.userId);
    const leads = this.#chatsOf(change.userId);
    if (!person) return [];
    if (change.kind === "update") person.fields = { ...person.fields, ...given(change.fields) };
    if (change.kind === "block") person.blockReason = change.reason;
    if (change.kind === "unblock") person.blockReason = null;
    for (const lead of leads) lead.profile = { ...lead.profile, ...this.#changedBy(change, lead) };
    return leads.map(({ address, profile }) => ({
      address,
      lead: profile,
      wasDeleted: change.kind === "delete",
    }));
  }

  #changedBy(change: PersonChange, { profile }: KeptLead): Partial<LeadProfile> {
    switch (change.kind) {
      case "pause":
        return { pausedUntil: change.until };
      case "resume":
        return { pausedUntil: null };
      case "disconnect":
      case "delete":
        return { person: null, barred: null };
      case "connect":
        return {};
      default:
        return profile.person || profile.barred ? this.#standing(change.userId) : {};
    }
  }

  #isChange(
    change: PersonChange,
    { blockReason }: KeptPerson,
    leads: readonly KeptLead[],
    changed: readonly PersonField[],
  ): boolean {
    const some = (is: (profile: LeadProfile) => boolean) => leads.some(({ profile }) => is(profile));
    switch (change.kind) {
      case "connect":
        return true;
      case "update":
        return changed.length > 0;
      case "block":
        return blockReason !== change.reason;
      case "unblock":
        return blockReason !== null;
      case "disconnect":
      case "delete":
        return some(({ person, barred }) => person !== null || barred !== null);
      case "pause":
        return some(({ pausedUntil }) => pausedUntil !== change.until);
      case "resume":
        return some(({ pausedUntil }) => pausedUntil !== null);
    }
  }

  /** Chats where this user is signed in, or else was the last to be. */
  #chatsOf(userId: string): readonly KeptLead[] {
    const isIn = ({ profile: { person, barred } }: KeptLead) => (person ?? barred)?.userId === userId;
    const signedIn = this.#leads.filter(isIn);
    if (signedIn.length > 0) return signedIn;
    return this.#leads.filter(({ profile, lastUser }) => profile.person === null && lastUser === userId);
  }

  #standing(userId: string): Pick<LeadProfile, "person" | "barred"> {
    const known = this.#persons.get(userId);
    if (!known) return { person: null, barred: null };
    const { personId, fields, blockReason } = known;
    if (blockReason !== null) return { person: null, barred: { userId, reason: blockReason } };
    const { firstName = "", role = "" } = fields;
    return { person: { personId, userId, firstName, role }, barred: null };
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

/** A lead of whom nothing is known. */
const STRANGER = {
  person: null,
  barred: null,
  tags: [],
  variables: {},
  pausedUntil: null,
  withOperator: false,
};

function given(fields: PersonFields): PersonFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function differing(before: PersonFields, after: PersonFields): readonly PersonField[] {
  const names = Object.keys(given(after)) as PersonField[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
