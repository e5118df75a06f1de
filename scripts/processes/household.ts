import { setTimeout as pause } from "node:timers/promises";
import { Complaint } from "../command.ts";
import { type Child, type ChildPlan, logTail, startChild } from "./child.ts";
import { endGroup, signalGroup } from "./group.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

/** Wrangler takes about 1.5 s to put its runtime away; whoever takes twice that hangs. */
const GRACE_MS = 3_000;
/** What a dying process wrote is still on its way to the log for a moment. */
const LAST_WORDS_MS = 500;

/** Processes that live and die together: when one ends by itself, that is everybody's end. */
export class Household {
  readonly #children = new Set<Child>();
  readonly #fell = Promise.withResolvers<never>();
  #watchdog: Watchdog | undefined;
  #ending: Promise<void> | undefined;

  readonly #graceMs: number;

  constructor(graceMs = GRACE_MS) {
    this.#graceMs = graceMs;
    // Whoever awaits it hears of it; where nobody does, it is no unhandled rejection.
    this.#fell.promise.catch(() => {});
  }

  /** Rejects with a `Complaint` when a process ends though nobody asked it to. */
  get fell(): Promise<never> {
    return this.#fell.promise;
  }

  /** Starts a process that is to run until `end`. Throws a `Complaint` where the household is ending already. */
  start(plan: ChildPlan): Child {
    const child = this.#take(plan);
    void child.ended.then(async ({ words }) => {
      if (!this.#ending) this.#fell.reject(await mourn(child, words));
    });
    return child;
  }

  /** Runs a process to its end. Rejects with a `Complaint` where it fails. */
  async run(plan: ChildPlan): Promise<void> {
    const child = this.#take(plan);
    const { ok, words } = await child.ended;
    this.#children.delete(child);
    if (!ok) throw await mourn(child, words);
  }

  /** Ends all processes and whatever they started, within seconds. A second call waits for the first. */
  end(): Promise<void> {
    this.#ending ??= this.#endAll();
    return this.#ending;
  }

  /** Kills all processes without asking. */
  kill(): void {
    this.#ending ??= Promise.resolve();
    for (const { group } of this.#children) signalGroup(group, "SIGKILL");
    this.#watchdog?.kill();
  }

  #take(plan: ChildPlan): Child {
    if (this.#ending) throw new Complaint(`Stopped before ${plan.title} was started.`);
    this.#watchdog ??= startWatchdog();
    const child = startChild(plan);
    this.#children.add(child);
    this.#watchdog.guard(child.group);
    return child;
  }

  async #endAll(): Promise<void> {
    await Promise.all([...this.#children].map(({ group }) => endGroup(group, this.#graceMs)));
    await Promise.all([...this.#children].map(({ ended }) => ended));
    await this.#watchdog?.dismiss();
  }
}

async function mourn({ title, log, logged }: Child, how: string): Promise<Complaint> {
  await Promise.race([logged, pause(LAST_WORDS_MS)]);
  const start = title.charAt(0).toUpperCase() + title.slice(1);
  return new Complaint(
    `${start} stopped unexpectedly (${how}). The end of its log, ${log}:\n\n${logTail(log)}\n`,
  );
}
