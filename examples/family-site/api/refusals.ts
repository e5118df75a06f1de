import type { Helped, Written } from "../help.ts";
import type { Published } from "../publish.ts";
import type { Reply } from "./effect.ts";

/** Why something that was asked for is not done. */
type Reason = Extract<Written | Helped | Published, { readonly ok: false }>["reason"];

const STATUSES: Readonly<Record<Reason, Reply["status"]>> = {
  "post-not-found": 404,
  "request-not-found": 404,
  "user-not-found": 404,
  "user-inactive": 403,
  "not-your-request": 403,
  "request-not-finished": 409,
  "wrong-status": 409,
};

/** The answer to what is refused for this reason. */
export function refusal(reason: Reason): Reply {
  return { status: STATUSES[reason], body: { error: reason } };
}
