import type { PendingUpdate } from "../store/pending-updates.ts";

/** What a pump needs of the world. */
export interface PumpPorts {
  /** Brings one update; `false` means once more, later. */
  readonly bring: (pending: PendingUpdate, closing: AbortSignal) => Promise<boolean>;
  /** How long a queue waits after that many failures in a row, ms. */
  readonly wait: (failures: number) => number;
  /** How many updates may be under way at once. */
  readonly connections: () => number;
}

interface Queue {
  readonly updates: PendingUpdate[];
  failures: number;
  state: "ready" | "under way" | "waiting";
  timer?: ReturnType<typeof setTimeout>;
}

/** Works off one bot's updates: each queue in order, queues side by side, a failing one blocks only itself. */
export class WebhookPump {
  #ports: PumpPorts;
  #queues = new Map<string, Queue>();
  #underWay = 0;
  #closing = new AbortController();

  constructor(ports: PumpPorts) {
    this.#ports = ports;
  }

  /** Puts an update at the end of its queue. */
  add(pending: PendingUpdate): void {
    const queue = this.#queues.get(pending.queue);
    if (queue) queue.updates.push(pending);
    else this.#queues.set(pending.queue, { updates: [pending], failures: 0, state: "ready" });
    this.#run();
  }

  /** Tries waiting queues now: the webhook was set anew, so its trouble may be over. */
  wake(): void {
    for (const queue of this.#queues.values()) {
      if (queue.state === "waiting") this.#makeReady(queue, true);
    }
    this.#run();
  }

  /** Drops what waits and cuts what is under way. The pump can be used on. */
  clear(): void {
    for (const queue of this.#queues.values()) clearTimeout(queue.timer);
    this.#queues.clear();
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#underWay = 0;
  }

  #run(): void {
    for (const [name, queue] of this.#queues) {
      if (this.#underWay >= this.#ports.connections()) return;
      if (queue.state === "ready") void this.#bringNext(name, queue);
    }
  }

  async #bringNext(name: string, queue: Queue): Promise<void> {
    const [next] = queue.updates;
    if (!next) return void this.#queues.delete(name);
    const closing = this.#closing.signal;
    queue.state = "under way";
    this.#underWay += 1;
    const done = await this.#ports.bring(next, closing);
    if (closing.aborted) return;

    this.#underWay -= 1;
    if (done) {
      queue.updates.shift();
      this.#makeReady(queue, true);
      if (queue.updates.length === 0) this.#queues.delete(name);
    } else {
      queue.failures += 1;
      this.#pause(queue);
    }
    this.#run();
  }

  #pause(queue: Queue): void {
    queue.state = "waiting";
    queue.timer = setTimeout(() => {
      this.#makeReady(queue, false);
      this.#run();
    }, this.#ports.wait(queue.failures));
  }

  #makeReady(queue: Queue, well: boolean): void {
    clearTimeout(queue.timer);
    queue.state = "ready";
    if (well) queue.failures = 0;
  }
}
