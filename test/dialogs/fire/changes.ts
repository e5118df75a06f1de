import { FOREVER } from "../../../contract/lead.ts";
import type { LeadNews, PersonChange } from "../../../contract/person-change.ts";
import { alice } from "./bot/alice.ts";
import type { Deed } from "./deeds.ts";
import type { FireWorld } from "./fire-world.ts";
import type { Ground } from "./scene.ts";
import type { Seat } from "./seat.ts";

const HOUR = 60 * 60 * 1000;

/** How long a call waits until the chat knows what it changed; then it is made again. */
const NEWS_MS = 10_000;

/** Whoever is no user any more, speaks with no operator. */
const PARTINGS: readonly PersonChange["kind"][] = ["disconnect", "delete", "block"];

/** News of a change on their way to the conversation. */
interface News {
  readonly news: LeadNews;
  readonly change: PersonChange;
  /** When the change was made, or is to be told once more; milliseconds since 1970. */
  readonly at: number;
}

/** Calls of the main system that change the person, and how their chat learns of it. */
export class Changes {
  readonly #world: FireWorld;
  readonly #seat: Seat;
  readonly #ground: Ground;
  readonly #late: News[] = [];
  #again: News[] = [];

  constructor(world: FireWorld, seat: Seat, ground: Ground) {
    this.#world = world;
    this.#seat = seat;
    this.#ground = ground;
  }

  /** When there is something to be done; milliseconds since 1970. */
  get wakesAt(): number | null {
    return this.#again.length === 0 ? null : Math.min(...this.#again.map(({ at }) => at));
  }

  /** A call changes the person. */
  async makes({ change: name, isLate }: Extract<Deed, { kind: "call" }>): Promise<void> {
    const now = this.#world.clock.now();
    const change = changeOf(name, now);
    this.#ground.trace.add({
      kind: "deed",
      what: `a call changes: ${name}${isLate ? "; the chat learns of it later" : ""}`,
    });
    for (const news of this.#world.directory.makeChange(change)) {
      this.#isUnsure(change);
      const one = { news, change, at: now };
      if (isLate) this.#late.push(one);
      else await this.#teach(one, isLate);
    }
  }

  /** The news that were late arrive. */
  async arrive(): Promise<void> {
    for (const news of this.#late.splice(0)) await this.#teach(news);
  }

  /** Tells again what the conversation could not hear. */
  async works(): Promise<void> {
    const due = this.#again.filter(({ at }) => at <= this.#world.clock.now());
    this.#again = this.#again.filter((news) => !due.includes(news));
    for (const news of due) await this.#teach(news);
  }

  async #teach({ news, change }: News, isLate = true): Promise<void> {
    const { standing } = this.#ground;
    const now = this.#world.clock.now();
    if (!(await this.#seat.learns(news))) return void this.#again.push({ news, change, at: now + NEWS_MS });
    this.#isUnsure(change);
    // Of what was wanted meanwhile nobody can say whether it was before or after that.
    if (isLate) return;
    if (change.kind === "pause") standing.paused(change.until);
    if (change.kind === "resume") standing.paused(null);
    if (PARTINGS.includes(change.kind)) standing.operator(false);
  }

  /** While the conversation may not know it yet, nobody can be sure how things stand. */
  #isUnsure({ kind }: PersonChange): void {
    if (kind === "pause" || kind === "resume") this.#ground.standing.changesPause();
    if (PARTINGS.includes(kind)) this.#ground.standing.changesOperator();
  }
}

function changeOf(name: Extract<Deed, { kind: "call" }>["change"], now: number): PersonChange {
  const { userId } = alice;
  switch (name) {
    case "pause":
      return { kind: "pause", userId, until: now + 5 * HOUR };
    case "away":
      return { kind: "pause", userId, until: FOREVER };
    case "update":
      return { kind: "update", userId, fields: { firstName: `Alice ${now}` } };
    case "block":
      return { kind: "block", userId, reason: "" };
    default:
      return { kind: name, userId };
  }
}
