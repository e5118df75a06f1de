import { app } from "./app.ts";
import { houseFrom } from "./house.ts";
import { putBy } from "./queues/dead-letters.ts";
import { deliver } from "./queues/deliver.ts";
import { QUEUES } from "./queues/names.ts";
import { record } from "./queues/record.ts";
import { doChores } from "./scheduled.ts";

export { Broadcast, Conversation, Pacer, Pin } from "./objects.ts";

/** Which consumer has which queue. */
const consumers: Readonly<Record<string, typeof deliver>> = {
  [QUEUES.deliveries]: deliver,
  [QUEUES.records]: record,
  [QUEUES.deadLetters]: putBy,
};

export default {
  fetch: app.fetch,
  async queue(batch, env) {
    const consume = consumers[batch.queue];
    if (!consume) throw new Error(`Nobody consumes the queue ${batch.queue}`);
    await consume(batch, houseFrom(env));
  },
  scheduled: (_controller, env) => doChores(houseFrom(env)),
} satisfies ExportedHandler<Env>;
