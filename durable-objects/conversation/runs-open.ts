import type { LiveStep } from "../../contract/live-step.ts";
import { type OpenRun, stepsAfter } from "../../dialogs/route.ts";
import { promptIn } from "./run-rows.ts";
import type { Sql } from "./sql.ts";

/** The runs that wait for an answer, the one that asked last first. */
export function waitingRuns(sql: Sql): readonly OpenRun[] {
  return sql
    .exec("SELECT run_id, prompt, has_left, due_at FROM runs WHERE prompt IS NOT NULL ORDER BY turn DESC")
    .flatMap((row) => {
      const prompt = promptIn(row);
      return prompt
        ? [{ runId: String(row.run_id), prompt, left: row.has_left === 1, busy: row.due_at !== null }]
        : [];
    });
}

/** The steps that open runs would go on at: due ones, those whose time comes, and those that answers lead to. */
export function liveSteps(sql: Sql): readonly LiveStep[] {
  return sql.exec("SELECT alias, step, prompt, due_at, wake_step FROM runs").flatMap((row) => {
    const due = row.due_at === null ? [] : [row.step];
    const woken = row.wake_step === null ? [] : [row.wake_step];
    const prompt = promptIn(row);
    const steps = [...due, ...woken, ...(prompt ? stepsAfter(prompt) : [])];
    return steps.map((step) => ({ alias: String(row.alias), step: String(step) }));
  });
}
