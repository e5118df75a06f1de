import { z } from "zod";
import { CALL_STATES } from "../../../contract/call.ts";
import { errorFacts } from "../../../contract/errors.ts";
import type { CallReport } from "../../../schema/call-report.ts";
import { RecipientCounts } from "../../../schema/recipient-counts.ts";
import type { House } from "../../house.ts";
import { StateCounts, WireTime } from "../responses.ts";

/** What is told of a call, in a list too. */
export const callAnswer = {
  callId: z.string(),
  alias: z.string(),
  state: z.enum(CALL_STATES),
  critical: z.boolean(),
  createdAt: WireTime,
  sendAt: WireTime.nullable(),
  expiresAt: WireTime.nullable(),
  startedAt: WireTime.nullable().describe("When its first recipients could be told"),
  finishedAt: WireTime.nullable(),
  accepted: RecipientCounts.nullable().describe(
    "Recipients as they were counted when all were known; `null` while an audience by rule is being walked",
  ),
};

/** What is told of one call beside that. */
export const progressAnswer = {
  states: StateCounts.describe("Recipients in each state"),
  kept: z
    .int()
    .describe(
      "Of those deferred: who wants quiet, and is shown it afterwards. A call may be finished meanwhile",
    ),
  rate: z.number().nullable().describe("Messages a second of late; `null` where the call does not run"),
  secondsLeft: z.int().nullable().describe("At this rate; `null` where that can't be said"),
};

/** How fast a call goes, and how long it takes. */
export async function progressOf({ callId, state, states, kept }: CallReport, house: House) {
  const hasEnded = state === "finished" || state === "cancelled";
  // Asked also where it has no rate: a call that is looked at goes on, should its alarm be lost.
  const perSecond = hasEnded ? null : await rateOf(callId, house);
  const rate = state === "running" ? perSecond : null;
  const left = states.queued + states.deferred - kept;
  return { rate, secondsLeft: rate ? Math.ceil(left / rate) : null };
}

/** Messages a second; `null` where the broadcast does not say: what the ledger knows is told all the same. */
async function rateOf(callId: string, house: House): Promise<number | null> {
  try {
    return (await house.broadcast(callId).progress()).perSecond;
  } catch (error) {
    house.log("progress-not-told", { callId, ...errorFacts(error) });
    return null;
  }
}
