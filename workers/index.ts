import { sweepKeys } from "../schema/idempotency.ts";
import { app } from "./app.ts";
import { houseFrom } from "./house.ts";
import { deliver } from "./queues/deliver.ts";
import { record } from "./queues/record.ts";
import { startUnfinished } from "./scheduled.ts";

export { Broadcast, Conversation } from "./objects.ts";

/** Which consumer has which queue; the names are those of `wrangler.toml`. */
const consumers: Readonly<Record<string, typeof deliver>> = {
  "beseda-deliveries": deliver,
  "beseda-records": record,
};

export default {
  fetch: app.fetch,
  async queue(batch, env) {
    const consume = consumers[batch.queue];
    if (!consume) throw new Error(`Nobody consumes the queue ${batch.queue}`);
    await consume(batch, houseFrom(env));
  },
  async scheduled(_controller, env) {
    const house = houseFrom(env);
    await Promise.all([startUnfinished(house), sweepKeys(house.db, new Date(house.now()))]);
  },
} satisfies ExportedHandler<Env>;
