import type { DeliveryId } from "../../contract/delivery.ts";

/** Who does not come again by then has lost their place: their call may have been stopped. */
const GRACE_MS = 10_000;

/** Most places; who comes when all are taken is told as it comes about. */
const MOST_PLACES = 200;

/**
 * The deliveries that were put off because nothing can be sent to this chat, in the order in which they came: what comes
 * later does not overtake them. In memory alone: after an eviction only the order is lost, not a message.
 */
export class Line {
  /** When each is to come again (milliseconds since 1970), those that came first in front. */
  readonly #places = new Map<string, number>();

  /**
   * When a delivery's turn will be, where others came before it: milliseconds since 1970; `null` is now.
   * @param stepMs how long one message keeps the chat
   */
  turnOf(id: DeliveryId, stepMs: number, now: number): number | null {
    const own = keyOf(id);
    let turn: number | null = null;
    for (const [key, again] of this.#places) {
      if (key === own) break;
      if (again + GRACE_MS < now) this.#places.delete(key);
      else turn = Math.max(turn ?? now, again) + stepMs;
    }
    return turn;
  }

  /** Keeps, or takes, a place for a delivery that is to come again at `again`; milliseconds since 1970. */
  keepPlace(id: DeliveryId, again: number): void {
    const key = keyOf(id);
    if (this.#places.has(key) || this.#places.size < MOST_PLACES) this.#places.set(key, again);
  }

  /** The delivery waits for this chat no more. */
  leave(id: DeliveryId): void {
    this.#places.delete(keyOf(id));
  }
}

function keyOf({ callId, seq }: DeliveryId): string {
  return `${callId}/${seq}`;
}
