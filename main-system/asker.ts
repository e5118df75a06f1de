import { sha256 } from "../contract/digest.ts";
import { SystemRefused } from "../contract/errors.ts";
import type { AnswerCache } from "./answer-cache.ts";
import { type Answer, type Asked, addressOf, type Endpoint, reader } from "./endpoint.ts";
import { askSystem, type SystemAccess, type SystemRequest } from "./request.ts";

/** A main system, and how it is asked. */
export interface SystemSettings extends SystemAccess {
  /** Where answers are shared; without it each read asks the system. */
  readonly cache?: AnswerCache;
  /** Reads past the cache, and renews it: for what must be as it is now. */
  readonly fresh?: boolean;
}

/** Asks the endpoints of one main system. */
export interface Asker {
  /** What the system answers, in our words; `null` where there is no such thing. */
  read<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): Promise<Answer<Of> | null>;
  /** Does a write, once for each `once`, and forgets what was shared. @throws SystemRefused for 404, too */
  write<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>, once: string): Promise<Answer<Of>>;
}

/** Makes what asks one main system. */
export function askerOf({ cache, fresh = false, ...access }: SystemSettings): Asker {
  let digest: Promise<string> | undefined;
  const name = async () => {
    digest ??= sha256(access.token);
    return `${access.url} ${await digest}`;
  };

  return {
    async read(endpoint, asked) {
      const request = requestOf(endpoint, asked);
      if (!cache || !endpoint.shared?.is) return askSystem(access, request);
      const read = fresh ? cache.renewed : cache.shared;
      return read(await name(), request.address, () => askSystem(access, request));
    },
    async write(endpoint, asked, once) {
      try {
        const answer = await askSystem(access, { ...requestOf(endpoint, asked), once });
        if (answer === null) throw new SystemRefused("The main system knows no such thing", 404);
        return answer;
      } finally {
        // Where it failed, too: it may have been done all the same.
        cache?.forget(await name());
      }
    },
  };
}

function requestOf<Of extends Endpoint>(endpoint: Of, asked: Asked<Of>): SystemRequest<Answer<Of>> {
  return {
    method: endpoint.method,
    address: addressOf(endpoint, asked),
    answer: reader(endpoint),
    ...(asked.body === undefined ? {} : { body: asked.body }),
  };
}
