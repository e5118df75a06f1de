import { RecordMessage } from "../../contract/delivery.ts";
import type { House } from "../house.ts";

/**
 * Writes what conversations report to the database, a batch at a time: outcomes that came later than their delivery,
 * and who was active when.
 *
 * @throws where the database can't be written: the whole batch then comes again
 */
export async function record(batch: MessageBatch, house: House): Promise<void> {
  const messages = batch.messages.flatMap(({ body }) => RecordMessage.safeParse(body).data ?? []);
  const outcomes = messages.filter((message) => message.kind === "outcome");
  const stamps = messages.filter((message) => message.kind === "activity");
  if (outcomes.length > 0) await house.ledger.record(outcomes);
  if (stamps.length > 0) await house.ledger.touch(stamps);
}
