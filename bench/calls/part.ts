import type { Bench } from "../bench.ts";
import type { Findings, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { shown, thousands } from "../numbers.ts";
import { inWorld, startBareBot } from "../world/beseda.ts";
import { type CallResults, measureCalls } from "./measure.ts";

const FULL = { many: 1000, few: 100, rounds: 3 };
const QUICK = { many: 100, few: 20, rounds: 1 };

/** A call to many and to few, beside a bare loop. */
export const calls: Part = {
  title: "Calls",
  async measure(bench: Bench): Promise<Findings> {
    const sizes = bench.isQuick ? QUICK : FULL;
    bench.tell(`Calls to ${thousands(sizes.many)} and to ${sizes.few} people …`);
    const bareBuild = await bench.build("bare");
    const results = await inWorld(await bench.build("notice"), async (world) => {
      const bare = await startBareBot(bareBuild, world.telegram);
      return measureCalls(world, bare, sizes).finally(() => bare.close());
    });
    return { text: shownCalls(results), goals: [] };
  },
};

function shownCalls({ many, few, rounds, firstEver, known, bare }: CallResults): string {
  const rate = (people: number, seconds: number) =>
    `${shown(seconds)} s (${Math.round(people / seconds)} messages/s)`;
  const perMessage = known.few.last / few / (known.many.last / many);
  return table(
    ["call → last message", "Beseda", "bare bot's loop", "ratio"],
    [
      [
        `to ${thousands(many)}, median of ${rounds}`,
        rate(many, known.many.last),
        rate(many, bare.many),
        `**${shown(bare.ratio)}**`,
      ],
      ["— until the call was answered", `${shown(known.many.answered)} s`, "", ""],
      ["— until the first message", `${shown(known.many.first)} s`, "", ""],
      ["— until the ledger has all", `${shown(known.many.recorded)} s`, "", ""],
      [`to ${few}`, rate(few, known.few.last), "", `${shown(perMessage)} a message, to ${thousands(many)}`],
      ["— until the call was answered", `${shown(known.few.answered)} s`, "", ""],
      ["— until the first message", `${shown(known.few.first)} s`, "", ""],
      [
        `to ${thousands(many)} nobody ever spoke with`,
        rate(many, firstEver.many.last),
        "",
        `${shown(firstEver.many.last / known.many.last)} to known ones`,
      ],
      [`to ${few} nobody ever spoke with`, rate(few, firstEver.few.last), "", ""],
    ],
  );
}
