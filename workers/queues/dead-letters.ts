import { DeadLetter } from "../../contract/dead-letter.ts";
import { DeliveryChunk, RecordMessage } from "../../contract/delivery.ts";
import { keepLetters } from "../../schema/dead-letter-box.ts";
import type { House } from "../house.ts";
import { QUEUES } from "./names.ts";

/**
 * Puts dead letters into the database: ours, which say what and why, and whatever the platform moved here because its
 * consumer failed at it too often. There is no body that it can't put by.
 *
 * @throws where the database can't be written: the whole batch then comes again
 */
export async function putBy(batch: MessageBatch, house: House): Promise<void> {
  const letters = batch.messages.map(({ body }) => DeadLetter.safeParse(body).data ?? givenUp(body));
  await keepLetters(house.db, letters, house.now());
  for (const letter of letters) house.log("dead-letter", factsOf(letter));
}

/** The platform moves a body as it is, and does not say from which queue: its shape does. */
function givenUp(body: unknown): DeadLetter {
  return { kind: "message", queue: queueOf(body), body, reason: "retries-exhausted", cause: null };
}

function queueOf(body: unknown): string {
  if (DeliveryChunk.safeParse(body).success) return QUEUES.deliveries;
  return RecordMessage.safeParse(body).success ? QUEUES.records : "unknown";
}

/** What a log may hold of a letter. */
function factsOf(letter: DeadLetter): Readonly<Record<string, string | number>> {
  const { kind, reason } = letter;
  if (letter.kind === "message") return { kind, reason, queue: letter.queue };
  return { kind, reason, botId: letter.botId, callId: letter.callId, seq: letter.seq };
}
