import { createMessageBatch, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { DeliveryChunk } from "../../contract/delivery.ts";
import type { BroadcastPorts } from "../../durable-objects/broadcast/ports.ts";
import { type House, houseFrom } from "../../workers/house.ts";
import { deliver } from "../../workers/queues/deliver.ts";
import { QUEUES } from "../../workers/queues/names.ts";

/** The Worker's own house. */
export const house: House = houseFrom(env);

/** Has a broadcast reach some of the world otherwise. An eviction ends that. */
export async function changePorts(
  callId: string,
  change: (ports: BroadcastPorts) => Partial<BroadcastPorts>,
): Promise<void> {
  await runInDurableObject(env.BROADCASTS.getByName(callId), (broadcast) => {
    const inside = broadcast as unknown as { ports(): BroadcastPorts };
    const ports = inside.ports.bind(broadcast);
    inside.ports = () => ({ ...ports(), ...change(ports()) });
  });
}

/** Has a broadcast put its chunks where the test finds them. An eviction ends that: then the real queue has them. */
export async function queueOf(callId: string): Promise<DeliveryChunk[]> {
  const queue: DeliveryChunk[] = [];
  await changePorts(callId, () => ({ queue: async (chunks) => void queue.push(...chunks) }));
  return queue;
}

/** The delivery queue's consumer gets these messages in one batch. */
export function consume(bodies: readonly unknown[], by: House = house): Promise<void> {
  const messages = bodies.map((body) => ({
    id: crypto.randomUUID(),
    timestamp: new Date(),
    attempts: 1,
    body,
  }));
  return deliver(createMessageBatch(QUEUES.deliveries, messages), by);
}
