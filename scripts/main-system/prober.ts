import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { SystemUnavailable } from "../../contract/errors.ts";
import {
  type Answer,
  type Asked,
  type AskedParts,
  addressOf,
  type Endpoint,
} from "../../main-system/endpoint.ts";
import { exchange, parsedJson, type SystemAccess, TIMEOUT_MS } from "../../main-system/request.ts";
import type { Finding } from "./finding.ts";
import { judge, judgeAbsence, judgeStranger, type Reply } from "./judge.ts";

/** The check is more patient than the bot, to say how slow a system is. */
const PATIENCE_MS = 3 * TIMEOUT_MS;

/** A token that no system gave. */
const STRANGER = "no-such-token";

/** Asks a system's endpoints one by one, and says what each answer is worth. */
export interface Prober {
  /** Asks for something that the system has. */
  read<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): Promise<Finding<Answer<Of>>>;
  /** Asks for something that it cannot have: that must be 404. */
  absent<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): Promise<Finding>;
  /** Asks with a token that it never gave: that must be 401. */
  stranger<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): Promise<Finding>;
  /** Does a write twice under one key: that must be one write, with one answer. */
  write<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): Promise<Finding<Answer<Of>>>;
}

/** Makes what probes one system. @param now milliseconds, of any beginning */
export function proberOf(access: SystemAccess, now: () => number): Prober {
  const ask = async (endpoint: Endpoint, asked: AskedParts, as = access, once?: string): Promise<Reply> => {
    const began = now();
    const { method } = endpoint;
    const key = once === undefined ? {} : { once };
    const sent = { method, address: addressOf(endpoint, asked), body: asked.body, ...key };
    return { ...(await exchange(as, sent, PATIENCE_MS)), ms: now() - began };
  };

  return {
    read: (endpoint, asked) =>
      finding(endpoint, asked, async () => judge(endpoint, await ask(endpoint, asked))),
    absent: (endpoint, asked) =>
      finding(endpoint, asked, async () => judgeAbsence(await ask(endpoint, asked))),
    stranger: async (endpoint, asked) => {
      const as = { ...access, token: STRANGER };
      const found = await finding(endpoint, asked, async () => judgeStranger(await ask(endpoint, asked, as)));
      return { ...found, title: `${found.title} with a wrong token` };
    },
    write: (endpoint, asked) =>
      finding(endpoint, asked, async () => {
        const once = `check/${randomUUID()}`;
        const first = await ask(endpoint, asked, access, once);
        const judged = judge(endpoint, first);
        if (judged.verdict !== "ok") return judged;
        const second = await ask(endpoint, asked, access, once);
        return isSame(first, second) ? judged : { ...judged, ...notOnce(first, second) };
      }),
  };
}

/** The line of what was found; "failed" where nothing came back. */
async function finding<Got>(
  endpoint: Endpoint,
  asked: AskedParts,
  find: () => Promise<Omit<Finding<Got>, "title" | "maps">>,
): Promise<Finding<Got>> {
  const title = `${endpoint.method} ${decodeURIComponent(addressOf(endpoint, asked))}`;
  try {
    return { title, maps: endpoint.maps, ...(await find()) };
  } catch (error) {
    if (!(error instanceof SystemUnavailable)) throw error;
    return { title, maps: endpoint.maps, verdict: "failed", about: inWords(error), status: null, ms: null };
  }
}

function isSame(one: Reply, other: Reply): boolean {
  return one.status === other.status && isDeepStrictEqual(parsedJson(one.text), parsedJson(other.text));
}

function notOnce(first: Reply, second: Reply): Pick<Finding, "verdict" | "about"> {
  const [one, other] = [first, second].map(({ status, text }) => `${status} ${text.slice(0, 80)}`);
  return {
    verdict: "wrong",
    about: `the same Idempotency-Key was answered anew: ${one}, then ${other}. It is done twice`,
  };
}

function inWords({ message, cause }: SystemUnavailable): string {
  const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : undefined;
  return why ? `${message}: ${why}` : message;
}
