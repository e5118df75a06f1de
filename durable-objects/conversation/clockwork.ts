import { FOREVER } from "../../contract/lead.ts";
import { beginHere } from "./beginnings.ts";
import type { Reminder } from "./reminders.ts";
import type { Room } from "./room.ts";
import { stillUntil } from "./silence.ts";

/** What a conversation does when its time has come: reminders, sleeps and deadlines that are over, the end of a pause. */
export class Clockwork {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Sets the next thing going whose time has come. @returns whether there was one */
  strike(): boolean {
    const now = this.#room.ports.now();
    const next = this.nextDue();
    if (next === null || next > now) return false;
    const isStill = this.isStill();
    if (!isStill && this.#endPause(now)) return true;
    const { reminders, runs } = this.#room;
    const reminder = reminders.due(now, isStill);
    const wake = runs.wakeAt(now, isStill);
    if (reminder && (wake === null || reminder.at <= wake)) return this.#remind(reminder, now);
    return wake !== null && this.#wake(now, isStill);
  }

  /** Whether only what is critical may be said by itself now. */
  isStill(): boolean {
    return this.#stillUntil(this.#room.ports.now()) !== null;
  }

  /** When that is; milliseconds since 1970, `null` where nothing is planned that could be said before somebody comes back. */
  nextDue(): number | null {
    const { reminders, runs, memory, ports } = this.#room;
    const still = this.#stillUntil(ports.now());
    const first = (critical: boolean) => earliest([reminders.next(critical), runs.nextWake(critical)]);
    const pausedUntil = memory.knownLead()?.pausedUntil ?? null;
    const other = earliest([first(false), pausedUntil === FOREVER ? null : pausedUntil]);
    if (other === null || still === FOREVER) return first(true);
    return earliest([first(true), Math.max(other, still ?? other)]);
  }

  #stillUntil(now: number): number | null {
    const { memory } = this.#room;
    return stillUntil(memory.knownLead(), memory.knownBot(), now);
  }

  #remind({ key, alias, data, critical }: Reminder, now: number): true {
    const { reminders, runs, sql, ports } = this.#room;
    const runId = ports.newRunId();
    sql.transaction(() => {
      reminders.forget(key);
      runs.open({ runId, alias, data, holds: false, critical, hops: 1, input: { kind: "time" } }, now);
    });
    return true;
  }

  #wake(now: number, onlyCritical: boolean): boolean {
    const { runs, deliveries, sql } = this.#room;
    return sql.transaction(() => {
      const woken = runs.wake(now, onlyCritical);
      if (!woken) return false;
      const delivery = woken.wasAsked ? runs.deliveryOf(woken.runId) : null;
      const known = delivery && deliveries.find(delivery)?.outcome;
      // A message that was answered before, or whose own fate is not known, stays what it is.
      if (delivery && known?.state === "sent")
        deliveries.note(delivery, { state: "expired", reason: "no-answer" }, now);
      return true;
    });
  }

  #endPause(now: number): boolean {
    const { memory, runs, sql, ports } = this.#room;
    const lead = memory.knownLead();
    if (!lead || lead.pausedUntil === null || lead.pausedUntil > now) return false;
    // The database needs no word of it: a pause that is past is none there either.
    sql.transaction(() => {
      memory.keep({ ...lead, pausedUntil: null });
      const resumed = ports.dialogs(memory.address().botId).occasion("resumed");
      // A greeting of an earlier pause that could not be said before this one began is not said twice.
      runs.closeUnsaid(resumed.alias);
      beginHere(this.#room, resumed, { holds: false, input: { kind: "time" } });
    });
    return true;
  }
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
