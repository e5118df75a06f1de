import type { Delivery } from "../../contract/delivery.ts";
import type { NewRun } from "./new-run.ts";
import type { Room } from "./room.ts";
import type { Paper } from "./step-log.ts";

/**
 * Where the log of a delivery's first step is written down. Most have one effect, their message: that it began is noted
 * with the delivery, and costs no run. With a second one the run is opened, to keep what is known.
 */
export class DeliveryPaper implements Paper {
  readonly #room: Room;
  readonly #delivery: Delivery;
  readonly #run: NewRun;
  #isOpen = false;
  #hasRun = false;

  constructor(room: Room, delivery: Delivery, run: NewRun) {
    this.#room = room;
    this.#delivery = delivery;
    this.#run = run;
  }

  /** Whether it is noted that the delivery has left, or is about to. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the delivery's run was opened. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  write(log: string, isNeeded: boolean): void {
    // One statement: a transaction around it would cost more than itself.
    if (isNeeded) this.#openAndKeep(log);
    else this.open();
  }

  undone(): void {
    this.#room.deliveries.forget(this.#delivery);
    this.#room.runs.close(this.#run.runId);
    this.#isOpen = false;
    this.#hasRun = false;
  }

  /** Notes that the delivery has left, or is about to. */
  open(): void {
    const { deliveries, ports } = this.#room;
    if (!this.#isOpen) deliveries.open(this.#delivery, this.#run.runId, ports.now());
    this.#isOpen = true;
  }

  /** Keeps the log in the delivery's run. */
  keep(log: string): void {
    const { runs, memory, ports } = this.#room;
    memory.keepAddress();
    if (!this.#hasRun) runs.open(this.#run, ports.now());
    this.#hasRun = true;
    runs.keepLog(this.#run.runId, log);
  }

  #openAndKeep(log: string): void {
    this.#room.sql.transaction(() => {
      this.open();
      this.keep(log);
    });
  }
}
