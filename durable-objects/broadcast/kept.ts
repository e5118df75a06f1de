import type { AcceptedCall } from "../../contract/call.ts";
import type { CallId } from "../../contract/ports.ts";
import { beginning, type Plan, type Progress } from "./round.ts";

/** The first version of this code kept something else as "progress". */
const PROGRESS = "course";
/** Where it kept which call it is. */
const OLD_CALL = "call";

/** What a broadcast keeps across evictions: which call it is, and where it is. */
export class Kept {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  /** The call, or `null` before it was started. */
  plan(): Plan | null {
    return this.#kv.get<Plan>("plan") ?? null;
  }

  /** Where it is, or `null` before it was started. */
  progress(): Progress | null {
    return this.#kv.get<Progress>(PROGRESS) ?? null;
  }

  /** The call that the first version of this code began, once; `null` where there is none. */
  takeOld(): CallId | null {
    const call = this.#kv.get<CallId>(OLD_CALL) ?? null;
    this.#kv.delete(OLD_CALL);
    return call;
  }

  /** Takes a call up, from its beginning. */
  begin(call: AcceptedCall): Progress {
    const { data: _, state: __, ...plan } = call;
    const progress = beginning(call);
    this.#kv.put("plan", plan satisfies Plan);
    this.#kv.put(PROGRESS, progress);
    return progress;
  }

  /** The audience is known: it need not be walked any more. */
  resolved(): void {
    const plan = this.plan();
    if (plan) this.#kv.put("plan", { ...plan, isResolving: false } satisfies Plan);
  }

  /** Changes what is kept now, which may not be what it was before a wait. */
  change(change: Partial<Progress>): void {
    const progress = this.progress();
    if (progress) this.#kv.put(PROGRESS, { ...progress, ...change } satisfies Progress);
  }
}
