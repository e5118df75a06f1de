import { DeliveryChunk, type Recipient } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import type { AcceptedCall, OutcomeRecord } from "../../contract/ports.ts";
import type { House } from "../house.ts";

/**
 * Hands each recipient's conversation its delivery, and writes down what came of it. One that fails holds up nobody:
 * it stays under way in the ledger, and the broadcast queues it again. A conversation knows a delivery that it had.
 *
 * @throws where the ledger can't be read or written: the whole batch then comes again
 */
export async function deliver(batch: MessageBatch, house: House): Promise<void> {
  const chunks = batch.messages.map(({ body }) => DeliveryChunk.safeParse(body));
  const calls = new Map<string, Promise<AcceptedCall | null>>();
  const callOf = (callId: string) => {
    const known = calls.get(callId) ?? house.ledger.call(callId);
    calls.set(callId, known);
    return known;
  };
  const outcomes = await Promise.all(
    chunks.map(async ({ data: chunk }) => {
      const call = chunk && (await callOf(chunk.callId));
      if (!call) house.log("chunk-dropped", { callId: chunk?.callId ?? null });
      return chunk && call
        ? Promise.all(chunk.recipients.map((recipient) => hand(call, recipient, house)))
        : [];
    }),
  );
  const lines = outcomes.flat().filter((line) => line !== null);
  if (lines.length > 0) await house.ledger.record(lines);
}

async function hand(call: AcceptedCall, recipient: Recipient, house: House): Promise<OutcomeRecord | null> {
  const { callId, botId, alias, data } = call;
  const { seq, userId, channel, externalId } = recipient;
  const address = { botId, channel, externalId };
  try {
    const outcome = await house.conversation(address).begin({ callId, seq, userId, address, alias, data });
    return { callId, seq, outcome, at: house.now() };
  } catch (error) {
    house.log("delivery-not-handed-over", { callId, seq, leadId: recipient.leadId, ...errorFacts(error) });
    return null;
  }
}
