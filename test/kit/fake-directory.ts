import type { ChatAddress, LeadProfile, LeadStatus } from "../../contract/lead.ts";
import type {
  FoundChange,
  LeadNews,
  PersonChange,
  PersonField,
  PersonFields,
} from "../../contract/person-change.ts";
import type { Directory, LeadTraits } from "../../contract/ports.ts";
import type { Language } from "../../contract/words.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { differing, given } from "./person-fields.ts";

/** What a communication says of whom it tells. */
type Telling = Pick<AnyCommunication, "leads" | "critical" | "evenWithOperator">;

/** A lead with its chat. */
interface LeadThere {
  readonly address: ChatAddress;
  readonly profile: LeadProfile;
}

/** A lead as this directory keeps it. */
interface KeptLead {
  readonly leadId: number;
  readonly address: ChatAddress;
  firstName: string;
  language: Language;
  /** Who is signed in there, and who was before; users of the main system. */
  userId: string | null;
  lastUserId: string | null;
  /** Whoever has left this chat, and how often: users, and "" for a stranger. */
  readonly left: string[];
  status: LeadStatus;
  /** When they were last active, as far as that was told; milliseconds since 1970. */
  heardAt: number;
  traits: LeadTraits;
}

/** A person as this directory keeps them. */
interface KeptPerson {
  readonly personId: number;
  fields: PersonFields;
  blockReason: string | null;
  /** Whether the account is linked: until their last chat is somebody else's, or nobody's. */
  isLinked: boolean;
}

/** Ids of persons who never signed in begin here. */
const FIRST_STRANGER = 1_000_000;

/** Who is who, in memory; `test/schema/fake-directory.test.ts` holds it to what the database does. */
export class FakeDirectory {
  readonly #leads: KeptLead[] = [];
  readonly #persons = new Map<string, KeptPerson>();

  /** The port to this directory. */
  readonly port: Directory = {
    lead: async (address, { firstName }, language) => {
      const known = this.#find(address);
      if (known) Object.assign(known, { firstName, language });
      else this.#leads.push({ leadId: this.#leads.length + 1, address, firstName, language, ...newLead() });
      return this.#profile(this.#there(address));
    },
    findLead: async (address) => {
      const lead = this.#find(address);
      return lead ? this.#profile(lead) : null;
    },
    signIn: async (leadId, _botId, { userId, ...fields }) => {
      const known = this.#persons.get(userId);
      const personId = known?.personId ?? this.#persons.size + 1;
      this.#persons.set(userId, {
        personId,
        fields,
        blockReason: known?.blockReason ?? null,
        isLinked: true,
      });
      const lead = this.#byId(leadId);
      const before = lead.userId === userId ? undefined : this.#persons.get(lead.userId ?? "");
      if (lead.userId !== userId) move(lead, userId);
      if (before && !this.#leads.some((other) => other.userId === lead.lastUserId)) before.isLinked = false;
      return this.#profile(lead);
    },
    signOut: async (leadId, personId) => {
      const isTheirs = ({ userId }: KeptLead) =>
        userId !== null && this.#persons.get(userId)?.personId === personId;
      const lead = this.#byId(leadId);
      if (isTheirs(lead)) move(lead, null);
      const isOut = !this.#leads.some(isTheirs);
      for (const person of this.#persons.values())
        if (isOut && person.personId === personId) person.isLinked = false;
      return isOut;
    },
    setStatus: async (leadId, status) => {
      this.#byId(leadId).status = status;
    },
    setTraits: async (leadId, traits) => {
      const lead = this.#byId(leadId);
      lead.traits = { ...lead.traits, ...traits };
    },
  };

  /** The leads as whom this user of the main system is signed in, each with its chat. */
  leadsOf(userId: string): readonly LeadThere[] {
    return this.leads.filter(({ profile }) => profile.person?.userId === userId);
  }

  /** The leads of this user that a call tells: all, or the one that comes first. @param now milliseconds since 1970 */
  leadsTold(userId: string, telling: Telling, now: number): readonly LeadThere[] {
    const theirs = this.#leads.filter((lead) => lead.userId === userId && lead.status !== "deleted");
    const told = telling.leads === "all" ? theirs : theirs.toSorted(inTurn(telling, now)).slice(0, 1);
    return told.map((lead) => this.#withChat(lead)).filter(({ profile }) => profile.person);
  }

  /** The leads of a person that a call tells, by our own id of them: also of one who has never signed in. */
  leadsToldOfPerson(personId: number, telling: Telling, now: number): readonly LeadThere[] {
    const user = [...this.#persons].find(([, person]) => person.personId === personId)?.[0];
    if (user !== undefined) return this.leadsTold(user, telling, now);
    return this.leads.filter(({ profile: { leadId } }) => this.personIdOf(leadId) === personId);
  }

  /** Our own id of whoever is in a chat, whether or not they have signed in. */
  personIdOf(leadId: number): number {
    const { userId } = this.#byId(leadId);
    return (userId !== null && this.#persons.get(userId)?.personId) || FIRST_STRANGER + leadId;
  }

  /** Who is in a chat, by a name that is another once a chat of theirs is left: what was given out to them ends then. */
  whoIs(leadId: number): string {
    const { userId, left } = this.#byId(leadId);
    if (userId === null) return `lead ${leadId}, left ${left.length} times`;
    const times = this.#leads.flatMap((lead) => lead.left).filter((user) => user === userId).length;
    return `user ${userId}, left ${times} times`;
  }

  /** All leads, each with its chat. */
  get leads(): readonly LeadThere[] {
    return this.#leads.map((lead) => this.#withChat(lead));
  }

  /** A lead was active, at a time in milliseconds since 1970. */
  hears(leadId: number, at: number): void {
    const lead = this.#byId(leadId);
    lead.heardAt = Math.max(lead.heardAt, at);
  }

  /** The lead of a chat. */
  profileOf(externalId: string): LeadProfile | undefined {
    return this.leads.find(({ address }) => address.externalId === externalId)?.profile;
  }

  /** Whether the person of this chat can be written to. */
  statusOf(externalId: string): LeadStatus | undefined {
    return this.#leads.find(({ address }) => address.externalId === externalId)?.status;
  }

  /**
   * What a call's change comes to; `null` where nobody here ever was this user.
   * @param now milliseconds since 1970: a pause that is over by then is none
   */
  findChange(change: PersonChange, now: number): FoundChange | null {
    const person = this.#persons.get(change.userId);
    if (!person) return null;
    const leads = this.#toldOf(change, now);
    const changed = change.kind === "update" ? differing(person.fields, change.fields) : [];
    const isChange = this.#isChange(change, person, leads, changed);
    return { isChange, changed, leadIds: leads.map(({ leadId }) => leadId) };
  }

  /** Makes a call's change; what the conversations of that user are to know of it. */
  makeChange(change: PersonChange): readonly LeadNews[] {
    const person = this.#persons.get(change.userId);
    if (!person) return [];
    const isPause = change.kind === "pause" || change.kind === "resume";
    // A pause is of chats where the user is signed in.
    const leads = this.#chatsOf(change.userId).filter(({ userId }) => !isPause || userId !== null);
    if (change.kind === "update") person.fields = { ...person.fields, ...given(change.fields) };
    if (change.kind === "block") person.blockReason = change.reason;
    if (change.kind === "unblock") person.blockReason = null;
    for (const lead of leads) makeOf(change, lead);
    if (change.kind === "disconnect" || change.kind === "delete") person.isLinked = false;
    // Those who were the last to be this user are told where the lead stands, too.
    const after = isPause ? [] : this.#chatsOf(change.userId);
    return [...new Set([...leads, ...after])].map(({ address }) => ({
      address,
      wasDeleted: change.kind === "delete",
    }));
  }

  /** Chats that are told of a change: where the user is signed in, or was before they come back. */
  #toldOf(change: PersonChange, now: number): readonly KeptLead[] {
    const leads = this.#chatsOf(change.userId).filter(({ status }) => status !== "deleted");
    if (change.kind === "connect") return leads;
    const theirs = leads.filter(({ userId }) => userId === change.userId);
    if (change.kind === "pause") return theirs.filter(({ traits }) => traits.pausedUntil !== change.until);
    if (change.kind === "resume") return theirs.filter(({ traits }) => (traits.pausedUntil ?? now) > now);
    return theirs;
  }

  #isChange(
    change: PersonChange,
    { blockReason, isLinked }: KeptPerson,
    told: readonly KeptLead[],
    changed: readonly PersonField[],
  ): boolean {
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
        return isLinked;
      case "pause":
      case "resume":
        return told.length > 0;
    }
  }

  /** Chats where this user is signed in, or else was the last to be. */
  #chatsOf(userId: string): readonly KeptLead[] {
    const signedIn = this.#leads.filter((lead) => lead.userId === userId);
    if (signedIn.length > 0 || this.#persons.get(userId)?.isLinked) return signedIn;
    return this.#leads.filter((lead) => lead.userId === null && lead.lastUserId === userId);
  }

  #withChat(lead: KeptLead): LeadThere {
    return { address: lead.address, profile: this.#profile(lead) };
  }

  #profile({ leadId, firstName, language, userId, traits }: KeptLead): LeadProfile {
    const lead = { leadId, firstName, language, ...traits };
    const known = userId === null ? undefined : this.#persons.get(userId);
    if (!known || userId === null) return { ...lead, person: null, barred: null };
    const { personId, fields, blockReason: reason } = known;
    if (reason !== null) return { ...lead, person: null, barred: { userId, why: "blocked", reason } };
    if (!fields.active) return { ...lead, person: null, barred: { userId, why: "inactive", reason: "" } };
    const person = { personId, userId, firstName: fields.firstName ?? "", role: fields.role ?? "" };
    return { ...lead, person, barred: null };
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

function newLead(): Omit<KeptLead, "leadId" | "address" | "firstName" | "language"> {
  const traits = { tags: [], variables: {}, pausedUntil: null, withOperator: false };
  return { userId: null, lastUserId: null, left: [], status: "active", heardAt: 0, traits };
}

/** Which of a person's leads comes first for a call, as `schema/audience-sql.ts` has it. */
function inTurn({ critical, evenWithOperator = false }: Telling, now: number) {
  const waits = ({ traits: { pausedUntil, withOperator } }: KeptLead) =>
    !critical && ((pausedUntil ?? now) > now || (withOperator && !evenWithOperator));
  return (one: KeptLead, other: KeptLead): number =>
    Number(other.status === "active") - Number(one.status === "active") ||
    Number(waits(one)) - Number(waits(other)) ||
    other.heardAt - one.heardAt ||
    other.leadId - one.leadId;
}

function move(lead: KeptLead, userId: string | null): void {
  lead.left.push(lead.userId ?? "");
  lead.lastUserId = lead.userId;
  lead.userId = userId;
}

function makeOf(change: PersonChange, lead: KeptLead): void {
  if (change.kind === "pause") lead.traits = { ...lead.traits, pausedUntil: change.until };
  if (change.kind === "resume") lead.traits = { ...lead.traits, pausedUntil: null };
  const isOut = change.kind === "disconnect" || change.kind === "delete";
  if (isOut || change.kind === "block") lead.traits = { ...lead.traits, withOperator: false };
  if (isOut && lead.userId !== null) move(lead, null);
}
