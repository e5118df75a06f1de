import type { Input, Prompt, Wake } from "../../dialogs/run.ts";
import type { DeliveryFor } from "./run-rows.ts";
import type { Value } from "./sql.ts";

/** What a new run begins with. */
export interface NewRun {
  readonly runId: string;
  readonly alias: string;
  readonly data: string;
  /** Whether the person waits for it: updates after theirs are then not handled before it is through. */
  readonly holds: boolean;
  /** Whether what it says by itself goes through quiet hours and a pause. */
  readonly critical: boolean;
  /** Steps in a row before it that waited for nobody; 0 where the person waits for it. */
  readonly hops?: number;
  readonly delivery?: DeliveryFor;
  /** What led to it, where its first step takes an answer. */
  readonly input?: Input;
}

/** Where a run begins. */
export interface Beginning {
  /** Milliseconds since 1970; `null` where its first step was played. */
  readonly dueAt: number | null;
  readonly prompt?: Prompt;
  readonly wake?: Wake | null;
}

/** Puts a run into its table; `valuesOf` gives what is bound. */
export const INSERT_RUN = `INSERT INTO runs (run_id, alias, step, data, moves, hops, input, prompt, due_at, holds, tries,
    active_since, has_left, turn, call_id, seq, user_id, wake_at, wake_step, critical)
  VALUES (?, ?, 'start', ?, 1, ?, ?, ?, ?, ?, 0, ?, 0, (SELECT coalesce(max(turn), 0) + 1 FROM runs), ?, ?, ?, ?, ?, ?)`;

/** The values of a new run. @param since when its first step was first to be played; milliseconds since 1970 */
export function valuesOf(run: NewRun, since: number, { dueAt, prompt, wake }: Beginning): readonly Value[] {
  return [
    run.runId,
    run.alias,
    run.data,
    run.hops ?? 0,
    JSON.stringify(run.input ?? ({ kind: "none" } satisfies Input)),
    prompt ? JSON.stringify(prompt) : null,
    dueAt,
    run.holds ? 1 : 0,
    since,
    run.delivery?.callId ?? null,
    run.delivery?.seq ?? null,
    run.delivery?.userId ?? null,
    wake?.at ?? null,
    wake?.step ?? null,
    run.critical ? 1 : 0,
  ];
}
