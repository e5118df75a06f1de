import type { Audience } from "../../contract/call.ts";
import type { FoundChange } from "../../contract/person-change.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import type { FakeDirectory } from "./fake-directory.ts";

/** A call that is made. */
interface Made {
  /** Its parameters, as they were read. */
  readonly read: unknown;
  /** What it comes to, where it changes somebody. */
  readonly found: FoundChange;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Whom a call tells, in which chats, and how a result names them: users, persons, chats, or those of the one whom it changes. */
export function toldBy(communication: AnyCommunication, directory: FakeDirectory, made: Made) {
  const { read, found, now } = made;
  const audience: Audience = communication.audience?.(read) ?? { leadIds: found.leadIds, evenBarred: true };
  if ("rule" in audience) throw new Error("This world tells those whom a call names");
  if ("userIds" in audience)
    return audience.userIds.map((userId) => ({
      userId,
      name: userId,
      leads: directory.leadsTold(userId, communication, now),
    }));
  if ("personIds" in audience)
    return audience.personIds.map((personId) => ({
      userId: null,
      name: `person ${personId}`,
      leads: directory.leadsToldOfPerson(personId, communication, now),
    }));
  const { userId = null, evenBarred = false } = audience;
  return audience.leadIds.map((leadId) => ({
    userId,
    name: `lead ${leadId}`,
    leads: directory.leads
      .filter(({ profile }) => profile.leadId === leadId)
      .filter(({ profile }) => evenBarred || !profile.barred)
      .filter(({ profile }) => userId === null || profile.person?.userId === userId),
  }));
}
