import { SystemUnavailable, Unanswered } from "../contract/errors.ts";
import { within } from "../contract/within.ts";
import { TIMEOUT_MS, TRIES } from "./request.ts";

/** How long an answer is shared: a fan-out of some hundred chats is through by then, and an edit is seen soon after. */
export const SHARED_MS = 10_000;
/** Answers that one isolate keeps; the oldest makes room. With the next bound, some megabytes at the most. */
const MOST_KEPT = 200;
/** Characters of JSON of the largest answer that is kept; a larger one is asked for each time. */
const LARGEST_KEPT = 32 * 1024;

/** The longest that asking can take, with all its tries. */
const LONGEST_ASKING_MS = TIMEOUT_MS * TRIES;

/** Answers of main systems that several askers share for some seconds: one for each isolate. */
export interface AnswerCache {
  /**
   * What `ask` answers, or answered a moment ago at this address; who asks meanwhile waits for the same answer.
   * Failures and `null` are not kept. An address has one shape of answer.
   * @throws whatever `ask` does
   */
  shared<T>(system: string, address: string, ask: () => Promise<T | null>): Promise<T | null>;
  /** What `ask` answers by now; who asks for it from now on shares that. @throws whatever `ask` does */
  renewed<T>(system: string, address: string, ask: () => Promise<T | null>): Promise<T | null>;
  /** Forgets all that this system answered: it was just told to change. */
  forget(system: string): void;
}

/** An answer that is there, or on its way. */
interface Entry {
  readonly system: string;
  readonly until: number;
  readonly answer: unknown;
  readonly underWay: Promise<unknown> | null;
}

/** Makes an empty cache. @param now milliseconds since 1970 */
export function answerCache(now: () => number): AnswerCache {
  const entries = new Map<string, Entry>();

  function put(key: string, entry: Entry): void {
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > MOST_KEPT && oldest !== undefined) entries.delete(oldest);
  }

  async function lead<T>(system: string, key: string, ask: () => Promise<T | null>): Promise<T | null> {
    const underWay = ask();
    const asking: Entry = { system, until: now() + LONGEST_ASKING_MS, answer: null, underWay };
    put(key, asking);
    let answer: T | null = null;
    try {
      answer = await underWay;
      return answer;
    } finally {
      // Forgotten meanwhile, or evicted: then what came may be of before a change.
      if (entries.get(key) === asking) {
        entries.delete(key);
        if (isToKeep(answer)) put(key, { system, until: now() + SHARED_MS, answer, underWay: null });
      }
    }
  }

  return {
    shared<T>(system: string, address: string, ask: () => Promise<T | null>): Promise<T | null> {
      const key = keyOf(system, address);
      const known = entries.get(key);
      if (!known || now() >= known.until) return lead(system, key, ask);
      // The key holds the address, and by that the shape.
      if (!known.underWay) return Promise.resolve(known.answer as T);
      return follow(known.underWay as Promise<T | null>);
    },
    renewed: (system, address, ask) => lead(system, keyOf(system, address), ask),
    forget(system) {
      for (const [key, entry] of entries) if (entry.system === system) entries.delete(key);
    },
  };
}

function keyOf(system: string, address: string): string {
  return `${system} ${address}`;
}

/**
 * Waits for the answer to another's asking, with a clock of its own: on the edge, the other's request may be cut off
 * together with everything it waits for.
 */
async function follow<T>(underWay: Promise<T>): Promise<T> {
  try {
    return await within(LONGEST_ASKING_MS, "The asker of the main system", underWay);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw new SystemUnavailable("The main system did not answer another who asked", { cause: error });
  }
}

function isToKeep(answer: unknown): boolean {
  return answer !== null && JSON.stringify(answer).length <= LARGEST_KEPT;
}
