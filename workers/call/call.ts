import type { CallState } from "../../contract/call.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { CallId } from "../../contract/ports.ts";
import { isRefusal, type Refusal } from "../../contract/refusal.ts";
import { acceptCall } from "../../schema/audience.ts";
import { callReport } from "../../schema/call-report.ts";
import type { RecipientCounts } from "../../schema/recipient-counts.ts";
import type { House } from "../house.ts";
import { type CheckedCall, prepare } from "./prepare.ts";

/** A call that was accepted. */
export interface Accepted {
  readonly callId: string;
  readonly state: CallState;
  /** `null` while an audience by rule is not walked yet. */
  readonly recipients: RecipientCounts | null;
}

/**
 * Starts a communication: gets what its steps need, writes the call with all its recipients down, and sets the
 * broadcast going. Done again with the same `callId`, it goes on where it was.
 */
export async function startCall(
  callId: string,
  call: CheckedCall,
  house: House,
): Promise<Accepted | Refusal> {
  const { bot, tokenId, communication, audience, sendAt, expiresAt } = call;
  const { alias, critical, leads } = communication;
  const data = await prepare(call, house);
  if (isRefusal(data)) return data;
  const recipients = await acceptCall(house.db, {
    callId,
    botId: bot.botId,
    alias,
    tokenId,
    data,
    audience,
    critical,
    sendAt,
    expiresAt,
    leadsTold: leads,
    now: house.now(),
  });
  const state = stateOf(recipients, sendAt);
  house.log("call-accepted", {
    callId,
    botId: bot.botId,
    alias,
    state,
    recipients: recipients?.total ?? null,
  });
  await setGoing({ callId, botId: bot.botId }, state, house);
  return { callId, state, recipients };
}

/**
 * A call that an earlier attempt accepted before it was cut short, as it is now; `null` where it did not come so far.
 * The main system is not asked again: it may be silent by now, or say something else.
 */
export async function acceptedBefore(call: CallId, house: House): Promise<Accepted | null> {
  const report = await callReport(house.db, call.botId, call.callId);
  if (!report) return null;
  const { callId, state, accepted } = report;
  await setGoing(call, state, house);
  return { callId, state, recipients: accepted };
}

/** Sets the broadcast of a call going. Accepted is accepted: one that can't be reached now is started by the cron. */
async function setGoing(call: CallId, state: CallState, house: House): Promise<void> {
  if (state === "finished" || state === "cancelled") return;
  try {
    await house.broadcast(call.callId).start(call);
  } catch (error) {
    house.log("call-not-started", { callId: call.callId, ...errorFacts(error) });
  }
}

/** How far a call is that was just accepted. */
function stateOf(recipients: RecipientCounts | null, sendAt: number | null): CallState {
  if (recipients && recipients.queued + recipients.paused === 0) return "finished";
  if (sendAt !== null) return "scheduled";
  return recipients ? "running" : "resolving";
}
