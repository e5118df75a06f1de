import type { Endpoint, MapName } from "../../main-system/endpoint.ts";

/** What the check found of one endpoint. Everything but "ok" and "not tried" is a fault of the system. */
export type Verdict =
  | "ok"
  | "missing"
  | "wrong shape"
  | "wrong"
  | "unauthorised"
  | "slow"
  | "failed"
  | "not tried";

/** One line of the check. */
export interface Finding<Answer = unknown> {
  /** What was asked: "GET /user?userId=127". */
  readonly title: string;
  /** The maps that need it. */
  readonly maps: readonly MapName[];
  readonly verdict: Verdict;
  /** In plain words, what is not as it should be; empty where all is well. */
  readonly about: string;
  /** The status it answered, and how long that took; `null` where nothing came. */
  readonly status: number | null;
  readonly ms: number | null;
  /** What was answered, in our words; absent where that can't be used. */
  readonly answer?: Answer;
}

/** Whether a finding is a fault of the system. */
export function isFault({ verdict }: Finding): boolean {
  return verdict !== "ok" && verdict !== "not tried";
}

/** The line of an endpoint that was not asked. @param about why not */
export function notTried({ method, path, maps }: Endpoint, about: string): Finding<never> {
  return { title: `${method} ${path}`, maps, verdict: "not tried", about, status: null, ms: null };
}

/** A finding whose answer is of something else than was asked for is wrong. @param got the id that was answered */
export function expectId<Of>(finding: Finding<Of>, asked: string, got: string | undefined): Finding<Of> {
  if (finding.verdict !== "ok" || got === asked) return finding;
  return { ...finding, verdict: "wrong", about: `answered ${got} where ${asked} was asked for` };
}
