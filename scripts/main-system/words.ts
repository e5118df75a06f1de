import { SHARED_MS } from "../../main-system/answer-cache.ts";
import type { MapName } from "../../main-system/endpoint.ts";
import { LARGEST_ANSWER, PASSING, TIMEOUT_MS, TRIES } from "../../main-system/request.ts";

/** What the documents are called. */
export const TITLE = "What a main system offers the bot";

/** What the documents are about. */
export const INTRODUCTION =
  "The bot asks your system who somebody is, what to tell of, and hands back what people answered.";

/** The maps as people read them. */
export const MAP_TITLES: Readonly<Record<MapName, string>> = {
  account: "Every bot: who somebody is",
  "family-site": "The family site: posts, comments, sites",
  shop: "The shop: orders and carts",
  helpdesk: "The helpdesk: requests, messages, ratings",
};

/** The rules that hold for every endpoint. @param shared the reads whose answer is shared */
export function rules(shared: readonly string[]): readonly string[] {
  return [
    "**Where.** The administrator gives the root of your API with `npm run bot -- set --system <url>`; the paths below " +
      "are added to it. Redirects are not followed.",
    "**As whom.** Every request carries `Authorization: Bearer <token>`, with the token that you gave the " +
      "administrator. Answer a missing or wrong one with 401, on every path.",
    `**JSON** both ways, UTF-8, at most ${LARGEST_ANSWER / 1024 / 1024} MiB. Fields that are not named here do no harm.`,
    `**Time.** Answer within ${TIMEOUT_MS / 1000} seconds. What takes longer counts as silence, since a person waits for it.`,
    `**Once more.** Silence, the statuses ${PASSING.join(", ")} and everything from 500 on, and an answer that has not its ` +
      `shape: the bot tries ${TRIES} times at once; within a dialog then again after 5 s, 30 s, 2 and 10 minutes, then ` +
      'every 30 minutes, for a day. Every other status from 300 on is a "no", and is not repeated.',
    "**Writes are done once.** Every POST carries an `Idempotency-Key` (ASCII, at most 255 characters). The same key is " +
      "the same request: do it once, and answer it the same again. The bot repeats what it has seen no answer to, for " +
      "a day: keep keys as long. Reads change nothing.",
    "**404 says that there is no such thing**; what the bot makes of it stands with each endpoint. An endpoint that you " +
      "do not have answers 404, too.",
    "**Ids** are your own: integers up to 2^53−1, or strings of up to 128 characters (but `.` and `..`). `1707` and " +
      '`"1707"` are one. The bot writes an id as an integer where it can be one.',
    "**Addresses** of pages and pictures are whole ones. Pages are opened by people; pictures are fetched by the " +
      "messenger, and must be reachable from there.",
    `**Shared.** Dialogs that ask ${shared.map((title) => `\`${title}\``).join(", ")} within ${SHARED_MS / 1000} seconds ` +
      "share one answer, so that those whom one call tells ask once and not a hundred times; a write of the bot ends it. " +
      "A call itself asks each time, and so does every other read.",
  ];
}
