import type { Bench } from "../bench.ts";
import type { Findings, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { shown, shownTimes } from "../numbers.ts";
import { inWorld, startBareBot } from "../world/beseda.ts";
import { idsOf, insertLeads } from "../world/leads.ts";
import { type AnswerTimes, measureAnswers } from "./measure.ts";

const FULL = { people: 100, pairs: 200, wakes: 60 };
const QUICK = { people: 20, pairs: 20, wakes: 5 };

/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 500_001;

/** A person's message → the answer, beside a bot that does nothing else. */
export const answers: Part = {
  title: "Answers",
  async measure(bench: Bench): Promise<Findings> {
    bench.tell("Message → answer, both bots by turns …");
    const bareBuild = await bench.build("bare");
    const times = await inWorld(await bench.build("notice"), async ({ telegram, beseda }) => {
      const bare = await startBareBot(bareBuild, telegram);
      const sizes = bench.isQuick ? QUICK : FULL;
      const range = { first: FIRST_ID, count: sizes.people };
      await insertLeads(beseda.db, range);
      const people = telegram.people(idsOf(range));
      return measureAnswers({ telegram, beseda, bare }, people, sizes).finally(() => bare.close());
    });
    return { text: shownAnswers(times), goals: [] };
  },
};

function shownAnswers({ beseda, bare, ratio, woken, nothing }: AnswerTimes): string {
  return table(
    ["message → answer, p50 / p99", "Beseda", "bare bot", "ratio"],
    [
      [`of ${beseda.count} pairs`, shownTimes(beseda), shownTimes(bare), `**${shown(ratio)}**`],
      [
        `conversation evicted before each of ${woken.count}`,
        shownTimes(woken),
        "",
        shown(woken.p50 / bare.p50),
      ],
      ["a request that does nothing", shownTimes(nothing), "the same", ""],
    ],
  );
}
