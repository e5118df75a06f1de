/** Where the next crash is to happen: at which crossing of the border to the outside, and on which side of it. */
export interface CrashPlan {
  /** 0 is the first call to the outside from now on. */
  readonly at: number;
  readonly side: "before" | "after";
}

/**
 * Lets a conversation crash at its calls to the outside: the call never comes back, as for a process that is gone.
 * Whoever runs the conversation waits for `crashed` beside its work, and then starts a new one on the same rows.
 */
export class Crashes {
  #plan: CrashPlan | null = null;
  #calls = 0;
  readonly #dead = new WeakSet<object>();
  #crash: () => void = () => {};
  crashed: Promise<"crashed"> = new Promise(() => {});

  /** Plans one crash. */
  plan(plan: CrashPlan): void {
    this.#plan = plan;
    this.#calls = 0;
    this.crashed = new Promise((resolve) => {
      this.#crash = () => resolve("crashed");
    });
  }

  /** Whether the planned crash is still to come. */
  get pending(): boolean {
    return this.#plan !== null;
  }

  /** Takes the plan back. */
  cancel(): void {
    this.#plan = null;
  }

  /**
   * Makes a port crash where it is planned; `port` is an object of asynchronous functions. Once it has crashed, nothing
   * comes through any port of the same `process` any more.
   */
  around<Port extends object>(port: Port, process: object): Port {
    const cross = <T>(act: () => Promise<T>) => this.#cross(act, process);
    return new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function" || PURE.has(name)) return member;
        return (...values: unknown[]) =>
          cross(() => Reflect.apply(member, target, values) as Promise<unknown>);
      },
    });
  }

  async #cross<T>(act: () => Promise<T>, process: object): Promise<T> {
    if (this.#dead.has(process)) return new Promise(() => {});
    const plan = this.#plan;
    const here = plan !== null && this.#calls === plan.at;
    this.#calls += 1;
    if (here && plan.side === "before") return this.#die(process);
    const result = await act();
    return here ? this.#die(process) : result;
  }

  #die(process: object): Promise<never> {
    this.#dead.add(process);
    this.#plan = null;
    this.#crash();
    return new Promise(() => {});
  }
}

/** Members of ports that compute and reach nothing. */
const PURE: ReadonlySet<string | symbol> = new Set(["pieces", "pin", "token"]);
