import type { LeadProfile, PersonProfile } from "../contract/lead.ts";
import type { OutMessage } from "../contract/message.ts";
import type { Channel, MainSystem } from "../contract/ports.ts";
import type { Refusal } from "../contract/refusal.ts";
import type { SystemUser } from "../contract/system.ts";
import type { KeptKind, ListedCommand } from "./chat.ts";
import type { ChatLinks } from "./link-play.ts";
import type { TraitChange } from "./traits.ts";

/** A call that a step makes. */
export interface StepCall {
  readonly alias: string;
  readonly params: unknown;
  /** When to begin (milliseconds since 1970); `null` is at once. */
  readonly sendAt: number | null;
}

/** What the steps of one conversation reach. */
export interface Reach {
  readonly lead: LeadProfile;
  readonly siteUrl: string;
  /** The commands of this bot. */
  readonly commands: readonly ListedCommand[];
  /** IANA. */
  readonly timeZone: string;
  /** What came while the person wanted quiet, by kind. */
  readonly kept: readonly KeptKind[];
  readonly channel: Pick<Channel, "pieces">;
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes the right to send one message now. @throws ChannelPaced where that is not yet */
  permit(): Promise<void>;
  /** Sends to this conversation's chat; as `Channel.send`. */
  send(piece: OutMessage): Promise<{ readonly messageId: string }>;
  readonly system: MainSystem;
  /** Signs in, here and in the directory; done twice, it is done once. */
  signIn(user: SystemUser): Promise<LeadProfile>;
  /** Signs this person out likewise; true where the account was unlinked. */
  signOut(person: Pick<PersonProfile, "personId">): Promise<boolean>;
  /** Changes what is known of the lead, here and in the directory; done twice, it is done once. */
  changeTraits(change: TraitChange): Promise<void>;
  /** Links between the messenger and the site, for this conversation's lead; as `Links`. */
  readonly links: ChatLinks;
  /** Whether the bot has an SMS gateway. */
  readonly hasSms: boolean;
  /** Makes a call; done twice with the same key, it is done once. */
  call(call: StepCall, once: string): Promise<Refusal | null>;
  /** A name for this run that no other run of any conversation has: part of the keys of idempotent requests. */
  readonly onceKey: string;
}
