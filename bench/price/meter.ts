import { z } from "zod";
import type { Person } from "../../emulator/store/people.ts";
import { callNotice } from "../calls/broadcast.ts";
import { type Counts, KINDS } from "../counting/tally.ts";
import type { World } from "../world/beseda.ts";
import { inTime, until } from "../world/condition.ts";

/** What follows a message is over within this, ms. */
const PATIENCE = 60_000;
/** Where nothing was counted for this long nothing is under way, ms: the queue of records waits for a second. */
const STILL = 1_500;
/** An alarm that rings later than this is no part of what was just done, ms. The safety alarm of a conversation is. */
const LATER = 60_000;

const Answer = z.object({
  counts: z.record(z.enum(KINDS), z.record(z.string(), z.number())),
  nextAlarmMs: z.number().nullable(),
});

/** Reads the counting Worker's tally before and after things happen. */
export class Meter {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Everything until the answers are there. */
  async answers(people: readonly Person[], text: string): Promise<Counts> {
    const { telegram } = this.#world;
    await this.clear();
    for (const person of people) await telegram.answerTime(person, "beseda", text);
    await telegram.quiet("beseda");
    return (await this.#ask("GET")).counts;
  }

  /** Everything that one message of each leads to, the alarm that rings after it too. */
  async messages(people: readonly Person[], text: string, later?: number): Promise<Counts> {
    await this.answers(people, text);
    return this.whenStill(later);
  }

  /** Everything that one notification leads to, until the call is through. */
  async call(
    people: readonly Person[],
    { start = callNotice, later }: { readonly start?: typeof callNotice; readonly later?: number } = {},
  ): Promise<Counts> {
    const { telegram, beseda } = this.#world;
    await this.clear();
    const delivery = telegram.delivery(people, "beseda");
    const { callId } = await start(beseda, people);
    await inTime("the last message of a call", PATIENCE, delivery.last);
    // Asked behind the Worker's back: what it would answer is counted too.
    const finished = beseda.db.prepare("SELECT finished_at AS at FROM calls WHERE id = ?").bind(callId);
    await until("the end of a call", PATIENCE, async () => (await finished.first("at")) !== null);
    return this.whenStill(later);
  }

  /** What was counted once nothing is under way and no alarm is to ring within `later`, ms. */
  async whenStill(later = LATER): Promise<Counts> {
    let known = "";
    let since = 0;
    await until("the end of what follows a message", PATIENCE, async () => {
      const { counts, nextAlarmMs } = await this.#ask("GET");
      const now = JSON.stringify(counts);
      if (now !== known) [known, since] = [now, performance.now()];
      return (nextAlarmMs === null || nextAlarmMs > later) && performance.now() - since > STILL;
    });
    return (await this.#ask("GET")).counts;
  }

  async clear(): Promise<void> {
    await this.#ask("DELETE");
  }

  async #ask(method: "GET" | "DELETE"): Promise<z.infer<typeof Answer>> {
    const response = await fetch(`${this.#world.beseda.url}/bench/tally`, { method });
    return Answer.parse(await response.json());
  }
}
