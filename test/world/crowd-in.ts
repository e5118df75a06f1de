import { DEMO_BOT } from "../../emulator/options.ts";
import { demoBot } from "../../scripts/local/world.ts";
import { insertCrowd } from "./crowd.ts";
import type { World } from "./world.ts";

/** Many people at once, who are signed in, and with whom nobody has spoken yet. */
export interface Crowd {
  readonly ids: readonly number[];
  /** How often each has a message with these words, in the order of `ids`: read inside Telegram, since asking for each would take long. */
  counts(words: string): readonly number[];
  /** What came to whom from now on, in the order in which it came. */
  readonly arrivals: readonly Arrival[];
}

/** A message of the bot that came to a phone. */
export interface Arrival {
  readonly id: number;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Makes `size` people, numbered from `first`. */
export async function crowdIn({ emulator, worker }: World, first: number, size: number): Promise<Crowd> {
  const { store, phones } = emulator.world;
  const ids = Array.from({ length: size }, (_, at) => first + at);
  const arrivals: Arrival[] = [];
  for (const id of ids) {
    store.people.put({ id, first_name: `Анна ${id}`, language_code: "ru" });
    store.chats.open({ bot: DEMO_BOT.id, user: id });
    phones.listen(id, (event) => {
      if (event.type === "message") arrivals.push({ id, text: event.message.text ?? "", at: Date.now() });
    });
  }
  await insertCrowd(await worker.database(), demoBot.id, ids);
  const count = (id: number, words: string) =>
    store.chats
      .messages({ bot: DEMO_BOT.id, user: id }, { after: 0, since: 0 })
      .filter(({ text }) => text?.includes(words)).length;
  return { ids, arrivals, counts: (words) => ids.map((id) => count(id, words)) };
}
