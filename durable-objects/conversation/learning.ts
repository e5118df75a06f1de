import type { LeadProfile } from "../../contract/lead.ts";
import type { LeadNews } from "../../contract/person-change.ts";
import { stopShowing } from "./beginnings.ts";
import type { Room } from "./room.ts";

/**
 * Takes over what a call changed of the lead in the database. That is read here, in the conversation's own turn, so that
 * of two changes the later one stays, however late the news of the earlier one come.
 */
export async function learn(room: Room, { address, wasDeleted }: LeadNews): Promise<void> {
  const { facts, memory, ports, sql } = room;
  const found = await ports.directory.findLead(address);
  if (!found) return;
  const before = memory.knownLead();
  sql.transaction(() => {
    memory.keepAddress(address);
    takeOver(room, found);
    // Who was signed out before, or was told already, has nothing to be told.
    if (wasDeleted && (before?.person || before?.barred)) facts.set("farewell", true);
  });
}

/** Takes over what the database says of the lead, where a call may have changed that and died before it said so. */
export function relearn(room: Room, lead: LeadProfile | null): void {
  if (lead) room.sql.transaction(() => takeOver(room, lead));
}

/** Who is signed out there, or somebody else by now, answers nothing that was asked before; and a wish for quiet ends a review. */
function takeOver(room: Room, lead: LeadProfile): void {
  const { memory, runs } = room;
  const before = memory.knownLead();
  const { pausedUntil, withOperator, person } = memory.keep(lead);
  if (before?.person && before.person.userId !== person?.userId) runs.leaveAll();
  if (before && (before.pausedUntil !== pausedUntil || before.withOperator !== withOperator))
    stopShowing(room);
}
