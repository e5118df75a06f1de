import { z } from "zod";
import type { Person } from "../../emulator/store/people.ts";
import { TEXT } from "../notice/text.ts";
import { type BareBot, type Beseda, BOT_ID, type World } from "../world/beseda.ts";
import { inTime, until } from "../world/condition.ts";
import type { Telegram } from "../world/telegram.ts";

/** A broadcast is given up on after this, ms: ten thousand take half a minute, and several where others use the cores. */
const PATIENCE = 300_000;
/** A post of the example site without a picture: one message for one recipient. */
const POST_ID = 1;

const CallAnswer = z.object({
  success: z.literal(true),
  callId: z.string(),
  recipients: z.object({ queued: z.number() }),
});

const CallReport = z.object({
  finishedAt: z.string().nullable(),
  states: z.record(z.string(), z.number()),
});

/** What one call took, in seconds since it was begun. */
export interface BroadcastTimes {
  readonly callId: string;
  /** Until the call was answered. */
  readonly answered: number;
  /** Until the first message was in its chat. */
  readonly first: number;
  /** Until the last one was. */
  readonly last: number;
  /** Until the ledger knew of all of them. */
  readonly recorded: number;
}

/** Calls `post/new` for these people and waits until each has the message and the ledger says so. */
export function broadcast(world: World, people: readonly Person[]): Promise<BroadcastTimes> {
  return told(world, people, () => callPostNew(world.beseda, people));
}

/** The same with a plain notification: nothing is waited for. */
export function notify(world: World, people: readonly Person[]): Promise<BroadcastTimes> {
  return told(world, people, () => callNotice(world.beseda, people));
}

/** Starts a question that a reply answers; people are told of a comment. */
export function callCommentNew(beseda: Beseda, people: readonly Person[]): Promise<Called> {
  const params = { postId: POST_ID, authorId: 3, comment: TEXT, userIds: people.map(({ id }) => id) };
  return call(beseda, "comment/new", params);
}

/** Starts a notification and returns as soon as the call is answered. */
export function callNotice(beseda: Beseda, people: readonly Person[]): Promise<Called> {
  return call(beseda, "bench/notice", { text: TEXT, userIds: people.map(({ id }) => id) });
}

function callPostNew(beseda: Beseda, people: readonly Person[]): Promise<Called> {
  return call(beseda, "post/new", { postId: POST_ID, authorId: 3, userIds: people.map(({ id }) => id) });
}

/** A call that was accepted. */
export interface Called {
  readonly callId: string;
  readonly queued: number;
}

async function call(beseda: Beseda, alias: string, params: object): Promise<Called> {
  const answer = await ask(beseda, `call/${alias}`, { script_request_params: params });
  const { callId, recipients } = CallAnswer.parse(answer);
  return { callId, queued: recipients.queued };
}

/** Tells a call that nobody else is to be told. */
export async function cancel(beseda: Beseda, callId: string): Promise<void> {
  await ask(beseda, `calls/${callId}/cancel`, {});
}

/** Waits until the call is through, so that nothing of it is done any more. */
export async function untilFinished(beseda: Beseda, callId: string): Promise<void> {
  await until("the end of a call", PATIENCE, async () => {
    return CallReport.parse(await ask(beseda, `calls/${callId}?limit=1`)).finishedAt !== null;
  });
}

async function ask({ url }: Beseda, path: string, body?: object): Promise<unknown> {
  const headers = { Authorization: "Bearer dev-token", "Content-Type": "application/json" };
  const sent = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${url}/api/v1/bots/${BOT_ID}/${path}`, sent);
  return response.json();
}

async function told(
  { beseda, telegram }: World,
  people: readonly Person[],
  start: () => Promise<Called>,
): Promise<BroadcastTimes> {
  const delivery = telegram.delivery(people, "beseda");
  const began = performance.now();
  const seconds = (at: number) => (at - began) / 1000;
  const { callId, queued } = await start();
  const answered = seconds(performance.now());
  if (queued !== people.length) throw new Error(`Only ${queued} were queued`);

  const last = seconds(await inTime("the last message of a broadcast", PATIENCE, delivery.last));
  await until("the ledger of a broadcast", PATIENCE, async () => {
    const { states } = CallReport.parse(await ask(beseda, `calls/${callId}?limit=1`));
    return states.sent === people.length;
  });
  const recorded = seconds(performance.now());
  return { callId, answered, first: seconds(await delivery.first), last, recorded };
}

/** Has the bare bot send as many messages in a plain loop; seconds until the last one was in its chat. */
export async function bareBroadcast(
  { url }: BareBot,
  telegram: Telegram,
  people: readonly Person[],
): Promise<number> {
  const delivery = telegram.delivery(people, "bare");
  const began = performance.now();
  const body = JSON.stringify({ chats: people.map(({ id }) => id), text: TEXT });
  const response = await fetch(`${url}/broadcast`, { method: "POST", body });
  if (!response.ok) throw new Error(`The bare bot's broadcast failed: ${response.status}`);
  return ((await inTime("the bare bot's last message", PATIENCE, delivery.last)) - began) / 1000;
}
