import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { CALL_STATES, type CallState } from "../../../contract/call.ts";
import type { CallId } from "../../../contract/ports.ts";
import type { RefusalReason } from "../../../contract/refusal.ts";
import { type CallReport, callReport } from "../../../schema/call-report.ts";
import { markCallRedriven } from "../../../schema/dead-letter-marks.ts";
import type { House } from "../../house.ts";
import type { ApiEnv } from "../authenticate.ts";
import { refused } from "../envelope.ts";
import { answers, StateCounts } from "../responses.ts";
import { CallParams, knownCall } from "./known-call.ts";

/** What a control did, or why not. */
type Done =
  | { readonly state: CallState; readonly onTheWire: number }
  | { readonly state: CallState; readonly changed: number }
  | RefusalReason;

/** What can be done to a call, as the API page tells it, and the doing. Each may be done twice. */
export interface Control {
  readonly summary: string;
  readonly description: string;
  act(call: CallId, house: House, report: CallReport): Promise<Done>;
}

const ended: readonly CallState[] = ["finished", "cancelled"];

/** What can be done to a call, by the last word of the address. */
export const controls = {
  cancel: {
    summary: "Stop a call for good",
    description:
      "Once this is answered, nothing leaves any more but what was on the wire (`onTheWire`); the ledger says of each how it ends. A finished call can be cancelled as long as somebody who wants quiet has not seen it (`kept`).",
    async act(call, house) {
      const stopped = await house.broadcast(call.callId).cancel(call);
      return stopped.state === "finished" ? "call-finished" : stopped;
    },
  },
  pause: {
    summary: "Hold a call",
    description:
      "Once this is answered, nothing leaves any more but what was on the wire, until the call is resumed.",
    async act(call, house) {
      const stopped = await house.broadcast(call.callId).pause(call);
      return ended.includes(stopped.state) ? "call-finished" : stopped;
    },
  },
  resume: {
    summary: "Go on with a call that was paused",
    description: "`changed`: recipients who are under way again; 0 where the call was not paused.",
    async act(call, house) {
      const continued = await house.broadcast(call.callId).resume(call);
      return ended.includes(continued.state) ? "call-finished" : continued;
    },
  },
  redrive: {
    summary: "Try once more those who failed",
    description:
      "`changed`: recipients who are under way again. A call that was cancelled, or is past its `expiresAt`, stays so.",
    async act(call, house, { state, states, expiresAt }) {
      if (state === "cancelled") return "call-finished";
      // Put under way again, they would only end as expired: nobody could tell any more that they failed, and why.
      if (expiresAt !== null && expiresAt.getTime() <= house.now()) return "call-expired";
      // First: who fails again at once has a letter of their own, to be seen.
      if (states.failed > 0) await markCallRedriven(house.db, call.callId, house.now());
      const continued = await house.broadcast(call.callId).redrive(call);
      if (continued.state === "cancelled") return "call-finished";
      return continued.changed === 0 ? "nothing-failed" : continued;
    },
  },
} as const satisfies Record<string, Control>;

/** Gives a control its address: `POST …/calls/{callId}/{verb}`. */
export function controlRoute(verb: keyof typeof controls) {
  const control: Control = controls[verb];
  return class extends OpenAPIRoute<[Context<ApiEnv>]> {
    override schema = {
      tags: ["calls"],
      operationId: `call${verb.charAt(0).toUpperCase()}${verb.slice(1)}`,
      summary: control.summary,
      description: control.description,
      request: { params: CallParams },
      responses: answers("Done, or refused with a reason", {
        callId: z.string(),
        state: z.enum(CALL_STATES),
        onTheWire: z.int().optional().describe("Recipients of whom something had left, or may have"),
        changed: z.int().optional().describe("Recipients who are under way again"),
        states: StateCounts.describe("Recipients in each state after it"),
      }),
    };

    override async handle(c: Context<ApiEnv>): Promise<Response> {
      const { house, bot } = c.var;
      const call = await knownCall(c);
      if (call instanceof Response) return call;
      const { callId } = call;
      const done = await control.act({ callId, botId: bot.botId }, house, call);
      if (typeof done === "string") return c.json(refused(done, bot.locale));
      const { state, states } = (await callReport(house.db, bot.botId, callId)) ?? call;
      return c.json({ success: true, callId, ...done, state, states });
    }
  };
}
