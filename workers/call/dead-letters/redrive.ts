import type { DeadLetter } from "../../../contract/dead-letter.ts";
import { type Refusal, refuse } from "../../../contract/refusal.ts";
import { findLetter } from "../../../schema/dead-letter-box.ts";
import { dismissLetter, markRedriven, unmarkRedriven } from "../../../schema/dead-letter-marks.ts";
import { requeueOne } from "../../../schema/ledger-entries.ts";
import type { Aliases } from "../../../schema/scope-sql.ts";
import type { House } from "../../house.ts";

/** A letter that is asked for. */
export interface AskedLetter {
  readonly id: string;
  readonly botId: string;
  /** Of whose calls the one who asks may see letters: one that they may not see is none. */
  readonly aliases: Aliases;
}

/** What came of it: the letter's id, or why not. */
type Done = { readonly id: string } | Refusal;

/**
 * Puts a dead letter on its way again: the recipient under way, the message into its queue. One that fails once more
 * becomes a dead letter anew.
 */
export async function redriveLetter({ id, botId, aliases }: AskedLetter, house: House): Promise<Done> {
  const kept = await findLetter(house.db, botId, id, aliases);
  if (!kept) return refuse("dead-letter-not-found");
  const hindrance = kept.redrivenAt ? refuse("already-redriven") : await hindranceTo(kept.letter, house);
  if (hindrance) return hindrance;
  // Marked first: of two who ask at once one sends, and what fails again at once finds the mark, and takes it away.
  if (!(await markRedriven(house.db, id, house.now()))) return refuse("already-redriven");
  const refusal = await sendAgain(kept.letter, house).catch(async (error: unknown) => {
    await unmarkRedriven(house.db, id);
    throw error;
  });
  if (refusal?.refused === "queue-unknown") await unmarkRedriven(house.db, id);
  return refusal ?? { id };
}

/** Puts a dead letter away: it lies in the box until it is too old, and counts no more. Done twice, it is done once. */
export async function putAwayLetter({ id, botId, aliases }: AskedLetter, house: House): Promise<Done> {
  if (!(await findLetter(house.db, botId, id, aliases))) return refuse("dead-letter-not-found");
  await dismissLetter(house.db, id, house.now());
  return { id };
}

/** Why a letter can't be put on its way again, now or ever. */
async function hindranceTo(letter: DeadLetter, house: House): Promise<Refusal | null> {
  if (letter.kind === "message") return null;
  const call = await house.ledger.call(letter.callId);
  if (!call) return refuse("call-not-found");
  if (call.state === "cancelled") return refuse("call-finished");
  return call.expiresAt !== null && call.expiresAt <= house.now() ? refuse("call-expired") : null;
}

async function sendAgain(letter: DeadLetter, house: House): Promise<Refusal | null> {
  if (letter.kind === "message")
    return (await house.requeue(letter.queue, letter.body)) ? null : refuse("queue-unknown");
  const { botId, callId, seq } = letter;
  // Those who failed may have been tried again together, by their call: then the letter is done with, too.
  if (!(await requeueOne(house.db, callId, seq, house.now()))) return refuse("already-redriven");
  await house.broadcast(callId).nudge({ callId, botId });
  return null;
}
