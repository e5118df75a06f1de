import type { Update } from "../store/pending-updates.ts";

/**
 * The queue an update is delivered in: messages of a chat in one, its callback queries and its membership changes in
 * queues of their own, so they may overtake (seen in telegram-bot-api, `Client::add_update`).
 */
export function queueOf(update: Update): string {
  const kind = updateKind(update);
  const body = update[kind] as { chat?: { id?: unknown }; from?: { id?: unknown } } | undefined;
  const lane = SHARED_LANE.has(kind) ? "message" : kind;
  return `${lane}/${body?.chat?.id ?? body?.from?.id ?? "-"}`;
}

/** Bot API: the one key beside `update_id` (`message`, `callback_query`, …). */
export function updateKind(update: Update): string {
  return Object.keys(update).find((key) => key !== "update_id") ?? "unknown";
}

const SHARED_LANE: ReadonlySet<string> = new Set(["message", "edited_message"]);
