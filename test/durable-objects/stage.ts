import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { conversationName } from "../../contract/lead.ts";
import { acceptCall } from "../../schema/audience.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { nextUpdate } from "../workers/demo.ts";
import { insertCrowd } from "../world/crowd.ts";

/** The database of the test. */
export const db = database(env.DB);

/** What a call of a test tells. */
export const NEWS = "Новость";
const post = {
  postId: "1",
  authorId: "3",
  authorName: "Н",
  picture: null,
  url: "http://site.test/posts/1",
};

/** A bot of a test's own, with people of its own: what holds one bot, or one chat, holds no other test. */
export interface Stage {
  readonly botId: string;
  /** Their numbers as users, as leads and of their chats. */
  readonly people: readonly number[];
}

/** Numbers that a stage may use. */
const ROOM = 1_000;

/** Sets a stage with a number of its own, and so many people on it. */
export async function setStage(number: number, people: number): Promise<Stage> {
  const botId = `stage-${number}`;
  await env.DB.prepare(
    `INSERT INTO bots (id, name, username, site_url, channel_token, system_url, system_token, created_at)
      SELECT ?, name, username, site_url, channel_token, system_url, system_token, created_at FROM bots WHERE id = '1'`,
  )
    .bind(botId)
    .run();
  const ids = Array.from({ length: people }, (_, at) => (number + 1) * ROOM + at);
  await insertCrowd(env.DB, botId, ids);
  return { botId, people: ids };
}

/** Accepts a call that tells everybody on the stage the news; each of its calls needs a name of its own. */
export async function acceptNews(
  { botId, people }: Stage,
  name = "call",
  text = NEWS,
  expiresAt: number | null = null,
): Promise<{ callId: string; botId: string }> {
  const callId = `${name}-of-${botId}`;
  await acceptCall(db, {
    callId,
    botId,
    alias: "post/new",
    tokenId: "dev",
    data: JSON.stringify({ post: { ...post, text } }),
    audience: { userIds: people.map(String) },
    leadsTold: "recent",
    critical: false,
    sendAt: null,
    expiresAt,
    now: Date.now(),
  });
  return { callId, botId };
}

/** The conversation of a chat with a stage's bot. */
export function conversationOf({ botId }: Stage, chat: number) {
  return env.CONVERSATIONS.getByName(
    conversationName({ botId, channel: "telegram", externalId: String(chat) }),
  );
}

/** Telegram brings a stage's bot an update. */
export async function pushTo({ botId }: Stage, update: object): Promise<void> {
  await exports.default.fetch(`http://bot.test/telegram/${botId}`, {
    method: "POST",
    headers: { "x-telegram-bot-api-secret-token": await webhookSecret(env.SEALING_KEY, botId) },
    body: JSON.stringify(update),
  });
}

/** Somebody taps a button that carries this; the tap's id is their number. */
export function tapOf(id: number, data: string | undefined): object {
  const from = { id, is_bot: false, first_name: "Анна", language_code: "ru" };
  const message = { chat: { id, type: "private" } };
  return { update_id: nextUpdate(), callback_query: { id: String(id), from, data, message } };
}

/** How far a call is. */
export async function stateOf({ callId, botId }: { callId: string; botId: string }): Promise<string> {
  return (await callReport(db, botId, callId))?.state ?? "unknown";
}

/** What the ledger says of each recipient of a call, by their number: the state, and the reason where there is one. */
export async function ledgerOf(callId: string): Promise<ReadonlyMap<number, string>> {
  const lines = await recipientReports(db, callId, { after: -1, limit: 1_000 });
  return new Map(
    lines.map(({ userId, state, reason }) => [
      Number(userId),
      reason === null ? state : `${state}: ${reason}`,
    ]),
  );
}

/** Long enough for whatever comes, however many other cells are played at the same time. */
export const PATIENCE = { timeout: 90_000, interval: 100 };

/** Waits until something holds. */
export function eventually(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  return vi.waitUntil(holds, PATIENCE);
}

/** The platform puts an idle object away; one that is not there is away already. */
export async function evict(object: DurableObjectStub): Promise<void> {
  await evictDurableObject(object).catch(unless("not currently running"));
}

/** The process of an object is gone in the middle of whatever it does. */
export async function crash(object: DurableObjectStub): Promise<void> {
  const abort = async (_: unknown, state: DurableObjectState) => {
    // The platform lets no request out before what was written is safe; the test's network knows nothing of that.
    await state.storage.sync();
    state.abort("crash");
  };
  await runInDurableObject(object, abort).catch(unless("crash"));
}

/** Nothing, where an error says this; a mishap that does not happen would test nothing. */
function unless(words: string): (error: unknown) => void {
  return (error) => {
    if (!String(error).includes(words)) throw error;
  };
}
