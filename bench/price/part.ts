import type { Bench } from "../bench.ts";
import type { Findings, Goal, Part } from "../findings.ts";
import { inWorld } from "../world/beseda.ts";
import { type Costs, dollarsOf } from "./bill.ts";
import {
  countAfterQuiet,
  countKnown,
  countNotifications,
  countQuestions,
  countStranger,
  queriesIn,
} from "./counts.ts";
import { measureProcessor } from "./processor.ts";
import { billTable, countTable } from "./tables.ts";

const FULL = { told: 300, asked: 60 };
const QUICK = { told: 20, asked: 5 };

/** US$ for a million delivered notifications. */
const GOAL = 5;

/** What a message asks of the platform, counted, and what that costs. */
export const price: Part = {
  title: "Price",
  async measure(bench: Bench): Promise<Findings> {
    const sizes = bench.isQuick ? QUICK : FULL;
    bench.tell("Processor time of a message …");
    const cpu = await inWorld(await bench.build("notice"), (world) => measureProcessor(world, sizes));
    bench.tell("Counting what a message costs …");
    const build = await bench.build("counting");
    // Most of it is waiting for what comes later, so they wait together, each in a world of its own.
    const [known, afterQuiet, stranger, notifications, questions] = await Promise.all([
      inWorld(build, countKnown),
      inWorld(build, countAfterQuiet),
      inWorld(build, countStranger),
      inWorld(build, (world) => countNotifications(world, sizes.told)),
      inWorld(build, (world) => countQuestions(world, sizes.asked)),
    ]);
    const notification: Costs = { counts: notifications.known, cpuMs: cpu.notification };
    const question: Costs = { counts: questions, cpuMs: cpu.question };
    const later = notifications.retention;
    const columns = {
      "known lead's message": { counts: known.counts, cpuMs: null },
      "the same, evicted, after 10 min": { counts: afterQuiet, cpuMs: null },
      "stranger's first message": { counts: stranger, cpuMs: null },
      notification,
      "the same, first ever": { counts: notifications.firstEver, cpuMs: null },
      "question with its answer": question,
    };
    const queries = {
      ...known.queries,
      "/help after ten minutes, conversation evicted": queriesIn(afterQuiet),
    };
    return {
      text: [
        countTable(columns),
        billTable("a million plain notifications", notification, later),
        billTable("a million questions, each with its answer", question, later),
      ].join("\n\n"),
      goals: [law(queries), priceGoal(dollarsOf(notification) + dollarsOf({ counts: later, cpuMs: null }))],
    };
  },
};

function priceGoal(dollars: number): Goal {
  return {
    what: "a million plain notifications",
    wanted: `under $${GOAL}`,
    found: `$${dollars.toFixed(2)}`,
    isMet: dollars < GOAL,
  };
}

/** The law of the house: a known lead's message costs no D1 query on its way to the answer. */
function law(queries: Readonly<Record<string, number>>): Goal {
  const asked = Object.entries(queries).filter(([, count]) => count > 0);
  const found = asked.map(([message, count]) => `${count} (${message})`);
  return {
    what: "D1 queries before the answer to a known lead",
    wanted: "0",
    found: found.join("; ") || "0",
    isMet: asked.length === 0,
    isLaw: true,
  };
}
