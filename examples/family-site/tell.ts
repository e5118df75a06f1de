import { randomUUID } from "node:crypto";
import { addNotice, type NewNotice } from "./data/outbox.ts";
import type { Site } from "./site.ts";

/** What the bot is to be told of a thing. */
export type News = Pick<NewNotice, "alias" | "params" | "subject"> & Partial<Pick<NewNotice, "part">>;

/** Has the bot told, once, with a key of its own; call it in the transaction of what is told. */
export function tell(site: Site, { part = null, ...news }: News): void {
  addNotice(site.db, { ...news, part, key: randomUUID(), now: site.clock.now() });
  site.wakeOutbox();
}
