import type { CallState } from "../../contract/call.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { CallId } from "../../contract/ports.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import { NOBODY } from "../../dialogs/communication.ts";
import { acceptCall } from "../../schema/audience.ts";
import { callReport } from "../../schema/call-report.ts";
import { foundByCall, type MadeChange, makeChange } from "../../schema/person-change.ts";
import type { RecipientCounts } from "../../schema/recipient-counts.ts";
import type { House } from "../house.ts";
import { type Aim, aimOf, changeOf, NO_CHANGE } from "./aim.ts";
import { type CheckedCall, prepare } from "./prepare.ts";
import { teach } from "./teach.ts";

/** A call that was accepted. */
interface Accepted {
  readonly callId: string;
  readonly state: CallState;
  /** `null` while an audience by rule is not walked yet. */
  readonly recipients: RecipientCounts | null;
}

/** What a call did: what its communication says of its change, and what was accepted, where somebody is to be told. */
export type Started = Readonly<Record<string, unknown>> & Partial<Accepted>;

/**
 * Starts a communication: gets what its steps need, writes the call with all its recipients and its change down, has
 * the conversations of a changed user know of it, and sets the broadcast going. Done again with the same `callId`, it
 * goes on where it was.
 *
 * What a crash leaves, by where it comes. *Before the batch*: nothing. *After it, before all conversations know*: the
 * change stands in the database alone, and whoever called has no answer that says "success". Their next try finds
 * nothing more to change and has the conversations learn it all the same (under the same key: `startedBefore`); that of
 * a call that tells nobody goes through here again, and makes the change again, which comes to nothing. Nobody is told
 * twice: the batch holds both the change and the call, so that whoever tries anew, or at the same time, finds it made;
 * the second then tells nobody, like a call that came later. *After that, before
 * the broadcast is set going*: the cron starts it, as after every call. A conversation that can't be reached is such a
 * crash, and answered as a "no" for now. In this order nobody reads that they were blocked in a chat that still takes
 * them for signed in.
 */
export async function startCall(callId: string, call: CheckedCall, house: House): Promise<Started | Refusal> {
  const aim = await aimOf(call, house);
  if (isRefusal(aim)) return aim;
  const data = await prepare(call, aim.made?.found ?? NO_CHANGE, house);
  if (isRefusal(data)) return data;
  const { botId } = call.bot;
  const { made } = aim;
  if (data !== NOBODY) return goOn(call, made, await accept(callId, call, aim, data, house), house);
  if (made) await makeChange(house.db, { botId, ...made, now: house.now() });
  return goOn(call, made, null, house);
}

/**
 * A call that an earlier attempt accepted before it was cut short, as it is now; `null` where it did not come so far.
 * The main system is not asked again: it may be silent by now, or say something else.
 */
export async function startedBefore(
  callId: string,
  call: CheckedCall,
  house: House,
): Promise<Started | Refusal | null> {
  const report = await callReport(house.db, call.bot.botId, callId);
  if (!report) return null;
  const change = changeOf(call);
  const made = change && { change, found: (await foundByCall(house.db, callId)) ?? NO_CHANGE };
  return goOn(call, made, { callId, state: report.state, recipients: report.accepted }, house);
}

/** What is to be done once a call, and what it changes, is written down. */
async function goOn(
  { bot: { botId }, communication }: CheckedCall,
  made: MadeChange | null,
  accepted: Accepted | null,
  house: House,
): Promise<Started | Refusal> {
  if (made && !(await teach(botId, made, house))) return refuse("conversation-unreached");
  if (accepted) await setGoing({ callId: accepted.callId, botId }, accepted.state, house);
  return { ...(made && communication.answer?.(made.found)), ...accepted };
}

/** Writes a call down with its change; `null` where another has made that change a moment before, and tells of it. */
async function accept(
  callId: string,
  { bot: { botId }, tokenId, communication, sendAt, expiresAt }: CheckedCall,
  { audience, made }: Aim,
  data: string,
  house: House,
): Promise<Accepted | null> {
  const { alias, critical, evenWithOperator = false, leads: leadsTold } = communication;
  const recipients = await acceptCall(house.db, {
    callId,
    botId,
    alias,
    tokenId,
    data,
    audience,
    made,
    critical,
    evenWithOperator,
    sendAt,
    expiresAt,
    leadsTold,
    now: house.now(),
  });
  if (recipients === "overtaken") return null;
  const state = stateOf(recipients, sendAt);
  house.log("call-accepted", { callId, botId, alias, state, recipients: recipients?.total ?? null });
  return { callId, state, recipients };
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
