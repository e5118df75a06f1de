import type { z } from "zod";
import { saidOf } from "../../contract/problem.ts";
import { type Answer, type Endpoint, reader } from "../../main-system/endpoint.ts";
import { parsedJson, TIMEOUT_MS } from "../../main-system/request.ts";
import type { Finding } from "./finding.ts";

/** What came back, and how long it took. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** What a reply to something that must be there is worth. */
type Judgement<Of> = Omit<Finding<Of>, "title" | "maps">;

/** Statuses by which a server says that it has no such endpoint. */
const NO_ENDPOINT = [404, 405, 501];

/** Judges what came back for something that the system has. */
export function judge<Of extends Endpoint>(endpoint: Of, reply: Reply): Judgement<Answer<Of>> {
  const { status, text, ms } = reply;
  const seen = { status, ms };
  if (NO_ENDPOINT.includes(status)) {
    return {
      verdict: "missing",
      about: `answered ${status}: there is no such endpoint, or no such thing`,
      ...seen,
    };
  }
  if (status === 401 || status === 403) {
    return { verdict: "unauthorised", about: `answered ${status}: the token is not taken here`, ...seen };
  }
  if (status < 200 || status >= 300) {
    return { verdict: "failed", about: `answered ${status}: ${excerpt(text)}`, ...seen };
  }
  const body = parsedJson(text);
  const answer = reader(endpoint).safeParse(body);
  if (!answer.success) return { verdict: "wrong shape", about: problems(answer.error, body), ...seen };
  if (ms <= TIMEOUT_MS) return { verdict: "ok", about: "", ...seen, answer: answer.data };
  const about = `took ${(ms / 1000).toFixed(1)} s; the bot waits ${TIMEOUT_MS / 1000} s`;
  return { verdict: "slow", about, ...seen, answer: answer.data };
}

/** Judges what came back for something that the system cannot have. */
export function judgeAbsence({ status, ms }: Reply): Judgement<never> {
  if (status === 404) return { verdict: "ok", about: "", status, ms };
  return {
    status,
    ms,
    verdict: "wrong",
    about: `answered ${status} where there is no such thing; 404 is what says so`,
  };
}

/** Judges what came back for a token that the system never gave. */
export function judgeStranger({ status, ms }: Reply): Judgement<never> {
  if (status === 401) return { verdict: "ok", about: "", status, ms };
  return { status, ms, verdict: "wrong", about: `answered ${status} to a wrong token; 401 is what says so` };
}

/** As many problems of one answer as are told. */
const MOST_PROBLEMS = 4;

function problems(error: z.ZodError, body: unknown): string {
  if (body === undefined) return "the answer is no JSON";
  const told = error.issues.map((issue) => {
    const said = "params" in issue ? saidOf(issue.params)?.en : undefined;
    return `${pathOf(issue.path)} ${valueAt(body, issue.path) === undefined ? "is missing" : `is wrong: ${said ?? issue.message}`}`;
  });
  const more = told.length - MOST_PROBLEMS;
  return `${told.slice(0, MOST_PROBLEMS).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** A place in an answer as people write it: `posts[0].authorId`. */
function pathOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return parts.join("").replace(/^\./, "") || "the answer";
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    body,
  );
}

/** The beginning of an answer, on one line. */
function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line || "nothing";
}
