/** A trouble ordered for the next calls of the Bot API. */
export interface Fault {
  /** Which method it strikes, any case; every method when absent. */
  readonly method?: string | undefined;
  /** Which chat it strikes; every chat, and calls without a chat, when absent. */
  readonly user?: number | undefined;
  /** How many calls it strikes; `null` is until removed. */
  readonly times: number | null;
  /** HTTP status and `error_code` of the answer. */
  readonly status?: number | undefined;
  /** Seconds for `parameters.retry_after`; alone it means status 429. */
  readonly retry_after?: number | undefined;
  readonly description?: string | undefined;
  /** Held back this long before anything else happens, ms. */
  readonly delay_ms?: number | undefined;
  /** Cuts the connection before the call takes effect, or after it did. */
  readonly drop?: "before" | "after" | undefined;
  /** A raw answer that is no Bot API at all. */
  readonly body?: string | undefined;
}

/** The call a fault is matched with. */
export interface FaultedCall {
  readonly method: string;
  readonly user: number | null;
}

/** Whether this fault is meant for this call. */
function strikes(fault: Fault, call: FaultedCall): boolean {
  const method = fault.method === undefined || fault.method.toLowerCase() === call.method.toLowerCase();
  const user = fault.user === undefined || fault.user === call.user;
  return method && user && fault.times !== 0;
}

/** Splits off the first fault that strikes; each call is struck by one at most, the oldest. */
export function takeFault(
  faults: readonly Fault[],
  call: FaultedCall,
): { struck: Fault | null; left: Fault[] } {
  const index = faults.findIndex((fault) => strikes(fault, call));
  const struck = faults[index];
  if (!struck) return { struck: null, left: [...faults] };
  const used = { ...struck, times: struck.times === null ? null : struck.times - 1 };
  return {
    struck,
    left: faults.map((fault, i) => (i === index ? used : fault)).filter((f) => f.times !== 0),
  };
}

/** Whether the fault answers in the method's stead; one of delay or drop alone lets it run. */
export function answersItself(fault: Fault): boolean {
  return fault.status !== undefined || fault.retry_after !== undefined || fault.body !== undefined;
}

/** The faults ordered and not yet used up. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** The fault that strikes this call, counted as used. */
  take(call: FaultedCall): Fault | null {
    const { struck, left } = takeFault(this.#faults, call);
    this.#faults = left;
    return struck;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }
}
