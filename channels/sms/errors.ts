import type { HouseError } from "../../contract/errors.ts";
import { SmsDown, SmsRefused, SmsUncertain } from "../../contract/sms-errors.ts";

/** Why nothing was sent, for the log; what to do about each stands in docs/operations.md. */
type DownWord =
  | "address-wrong"
  | "balance-empty"
  | "busy"
  | "credentials-wrong"
  | "limit-reached"
  | "moved"
  | "out-of-order"
  | "sender-wrong";

/** Codes of a gateway that say nothing of the phone or the text: another moment, or other settings, may help. */
export type DownCodes = readonly (readonly [DownWord, readonly number[]])[];

const DOWN_STATUSES: DownCodes = [
  ["credentials-wrong", [401, 403, 407]],
  ["balance-empty", [402]],
  ["address-wrong", [404, 405, 410]],
  ["busy", [408, 425, 429]],
];

/** These come after the request has reached something behind them (504; Cloudflare's 520, 524): it may have been done. */
const MAYBE_DONE: readonly number[] = [504, 520, 524];

const wordOf = (codes: DownCodes, code: number) => codes.find(([, all]) => all.includes(code))?.[0];

/** What a status other than the one for "done" means. Nothing of the answer's own words is kept: they name the phone. */
export function byStatus(gateway: string, status: number): HouseError {
  const says = (word: string) => `${gateway}: ${word}, HTTP ${status}`;
  if (status < 300) return new SmsUncertain(says("unreadable"));
  if (status < 400) return new SmsDown(says("moved" satisfies DownWord));
  if (MAYBE_DONE.includes(status)) return new SmsUncertain(says("silent"));
  if (status >= 500) return new SmsDown(says("out-of-order" satisfies DownWord));
  const word = wordOf(DOWN_STATUSES, status);
  return word === undefined ? new SmsRefused(says("refused")) : new SmsDown(says(word));
}

/** What a gateway's "no" means by its own code, where that says nothing of this text and this phone; else `null`. */
export function downByCode(gateway: string, code: number, down: DownCodes): SmsDown | null {
  const word = wordOf(down, code);
  return word === undefined ? null : new SmsDown(`${gateway}: ${word}, code ${code}`);
}

/** A gateway's "no" to this text, or to this phone, by its own code. */
export function refusedByCode(gateway: string, code: number): SmsRefused {
  return new SmsRefused(`${gateway}: refused, code ${code}`);
}
