import { z } from "zod";
import type { Person } from "../emulator/store/people.ts";
import { type BareBot, type Beseda, BOT_ID } from "./beseda.ts";
import { inTime, until } from "./condition.ts";
import type { Telegram } from "./telegram.ts";

/** A broadcast is given up on after this, ms. */
const PATIENCE = 90_000;
/** A post of the example site without a picture: one message for one recipient. */
const POST_ID = 1;
/** About as long as that post. */
const BARE_TEXT = "б".repeat(230);

const CallAnswer = z.object({
  success: z.literal(true),
  callId: z.string(),
  recipients: z.object({ queued: z.number() }),
});

/** What one call took, in seconds since it was begun. */
export interface BroadcastTimes {
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
export async function broadcast(
  { url, db }: Pick<Beseda, "url" | "db">,
  telegram: Telegram,
  people: readonly Person[],
): Promise<BroadcastTimes & { readonly callId: string }> {
  const delivery = telegram.delivery(people, "beseda");
  const began = performance.now();
  const seconds = (at: number) => (at - began) / 1000;
  const { callId, recipients } = await callPostNew(url, people);
  const answered = seconds(performance.now());
  if (recipients.queued !== people.length) throw new Error(`Only ${recipients.queued} were queued`);

  const last = seconds(await inTime("the last message of a broadcast", PATIENCE, delivery.last));
  const sent = db.prepare("SELECT count(*) AS sent FROM deliveries WHERE call_id = ? AND state = 'sent'");
  await until("the ledger of a broadcast", PATIENCE, async () => {
    return (await sent.bind(callId).first("sent")) === people.length;
  });
  const recorded = seconds(performance.now());
  return { callId, answered, first: seconds(await delivery.first), last, recorded };
}

async function callPostNew(url: string, people: readonly Person[]) {
  const params = { postId: POST_ID, authorId: 3, userIds: people.map(({ id }) => id) };
  const response = await fetch(`${url}/api/v1/bots/${BOT_ID}/call/post/new`, {
    method: "POST",
    headers: { Authorization: "Bearer dev-token", "Content-Type": "application/json" },
    body: JSON.stringify({ script_request_params: params }),
  });
  return CallAnswer.parse(await response.json());
}

/** Has the bare bot send as many messages in a plain loop; seconds until the last one was in its chat. */
export async function bareBroadcast(
  { url }: BareBot,
  telegram: Telegram,
  people: readonly Person[],
): Promise<number> {
  const delivery = telegram.delivery(people, "bare");
  const began = performance.now();
  const body = JSON.stringify({ chats: people.map(({ id }) => id), text: BARE_TEXT });
  const response = await fetch(`${url}/broadcast`, { method: "POST", body });
  if (!response.ok) throw new Error(`The bare bot's broadcast failed: ${response.status}`);
  return ((await inTime("the bare bot's last message", PATIENCE, delivery.last)) - began) / 1000;
}
