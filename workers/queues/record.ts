import { RecordMessage } from "../../contract/delivery.ts";
import type { House } from "../house.ts";
import { buryFailed, notUnderstood } from "./bury.ts";
import { QUEUES } from "./names.ts";

/**
 * Writes what conversations report to the database, a batch at a time: outcomes that came later than their delivery,
 * and who was active when.
 *
 * @throws where the database can't be written: the whole batch then comes again
 */
export async function record(batch: MessageBatch, house: House): Promise<void> {
  const read = batch.messages.map(({ body }) => ({ body, message: RecordMessage.safeParse(body).data }));
  const messages = read.flatMap(({ message }) => message ?? []);
  const outcomes = messages.filter((message) => message.kind === "outcome");
  const stamps = messages.filter((message) => message.kind === "activity");
  if (outcomes.length > 0) await house.ledger.record(outcomes);
  if (stamps.length > 0) await house.ledger.touch(stamps);
  for (const outcome of outcomes) {
    if (outcome.botId !== undefined) await buryFailed(outcome.botId, [outcome], house);
  }
  const poison = read.filter(({ message }) => message === undefined);
  if (poison.length > 0) await house.bury(poison.map(({ body }) => notUnderstood(QUEUES.records, body)));
}
