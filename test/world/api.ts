import { z } from "zod";
import { askJson, type JsonAnswer } from "./json.ts";
import { until } from "./until.ts";

/** How to make a call. */
export interface CallOptions {
  /** `dev-token` unless given; `null` sends none. */
  readonly token?: string | null;
  /** Of the `Idempotency-Key`. */
  readonly key?: string;
  /** Address before `/call`: that of bot 1 unless given. */
  readonly base?: string;
}

const Counts = z.object({
  total: z.number(),
  queued: z.number(),
  paused: z.number(),
  unlinked: z.number(),
  blocked: z.number(),
});

const Accepted = z.object({ success: z.literal(true), callId: z.string(), recipients: Counts });

const Report = z.looseObject({
  success: z.literal(true),
  finishedAt: z.string().nullable(),
  states: z.record(z.string(), z.number()),
  recipients: z.array(
    z.looseObject({
      userId: z.union([z.number(), z.string()]),
      state: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});

/** What became of a call so far. */
export type Report = z.infer<typeof Report>;

/** The Worker's API. */
export type Api = ReturnType<typeof apiAt>;

/** The API of the Worker at `url`. */
export function apiAt(url: string) {
  const bot = `${url}/api/v1/bots/1`;

  /** Sends a body as it is to an alias. */
  function send(alias: string, body: string, { token = "dev-token", key, base = bot }: CallOptions = {}) {
    return askJson(`${base}/call/${alias}`, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { "Idempotency-Key": key }),
      },
      body,
    });
  }
  const call = (alias: string, params: object, options?: CallOptions): Promise<JsonAnswer> =>
    send(alias, JSON.stringify({ script_request_params: params }), options);

  const report = async (callId: string): Promise<Report> => {
    const headers = { Authorization: "Bearer dev-token" };
    return Report.parse((await askJson(`${bot}/calls/${callId}?limit=1000`, { headers })).body);
  };
  return {
    url,
    bot,
    send,
    call,
    report,
    /** A call that must be accepted. */
    accepted: async (alias: string, params: object, options?: CallOptions) =>
      Accepted.parse((await call(alias, params, options)).body),
    /** Waits until the report of a call holds. */
    untilReport: (callId: string, holds: (report: Report) => boolean, within?: number): Promise<Report> =>
      until(`the report of call ${callId}`, () => report(callId), holds, within),
    /** Waits until nobody is under way any more. */
    untilFinished: (callId: string, within?: number): Promise<Report> =>
      until(`the end of call ${callId}`, () => report(callId), settled, within),
  };
}

/** Whether everybody of a call has an outcome. */
function settled({ states }: Report): boolean {
  return (states.queued ?? 0) + (states.deferred ?? 0) === 0;
}

/** The outcome of one user in a report, as "state" or "state: reason". */
export function outcomeOf(report: Report, userId: number | string): string {
  const found = report.recipients.find((one) => one.userId === userId);
  if (!found) throw new Error(`User ${userId} is not in the report`);
  return found.reason === null ? found.state : `${found.state}: ${found.reason}`;
}
