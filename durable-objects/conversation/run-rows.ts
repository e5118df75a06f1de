import type { DeliveryId } from "../../contract/delivery.ts";
import { Input, Prompt, type Run, type Wake } from "../../dialogs/run.ts";
import type { Value } from "./sql.ts";

/** A delivery and the user whom it is for; `null` is whoever is in the chat. */
export type DeliveryFor = DeliveryId & { readonly userId: string | null };

/** A run whose step is to be played, with what its conversation keeps of it. */
export interface ActiveRun extends Run {
  /** Whether a person waits for this step, or the messenger takes nothing before it. */
  readonly holds: boolean;
  /** Whether what it says by itself goes through quiet hours and a pause. */
  readonly critical: boolean;
  /** How often this step failed so far. */
  readonly tries: number;
  /** When this step was first to be played. */
  readonly activeSince: number;
  /** Steps in a row without waiting for anybody. */
  readonly hops: number;
  /** The log of an earlier playing of this step, as `StepLog` reads it. */
  readonly log: string | null;
  /** The delivery that it began with. */
  readonly delivery: DeliveryFor | null;
}

/** A row of `runs`. */
type Row = Record<string, Value>;

/** The run of a row. A shape that today's code does not read is no answer, and no prompt: it must not stop the conversation. */
export function activeRun(row: Row): ActiveRun {
  const delivery = deliveryIn(row);
  return {
    runId: String(row.run_id),
    alias: String(row.alias),
    step: String(row.step),
    data: String(row.data),
    moves: Number(row.moves),
    hops: Number(row.hops),
    holds: row.holds === 1,
    critical: row.critical === 1,
    tries: Number(row.tries),
    log: row.log === null ? null : String(row.log),
    activeSince: Number(row.active_since),
    input: Input.safeParse(JSON.parse(String(row.input))).data ?? { kind: "other" },
    prompt: promptIn(row),
    wake: wakeIn(row),
    delivery: delivery && { ...delivery, userId: row.user_id === null ? null : String(row.user_id) },
  };
}

/** What the run of a row waits for. */
export function promptIn(row: Row): Prompt | null {
  return row.prompt == null ? null : (Prompt.safeParse(JSON.parse(String(row.prompt))).data ?? null);
}

/** The delivery that the run of a row began with. */
export function deliveryIn(row: Row): DeliveryId | null {
  return row.call_id == null ? null : { callId: String(row.call_id), seq: Number(row.seq) };
}

function wakeIn(row: Row): Wake | null {
  return row.wake_at == null ? null : { at: Number(row.wake_at), step: String(row.wake_step) };
}
