import type { z } from "zod";
import { BrokenData } from "../contract/errors.ts";
import { FOREVER, type LeadProfile, type PersonProfile } from "../contract/lead.ts";
import type { SystemUser } from "../contract/system.ts";
import type { Beginning } from "./beginning.ts";
import type { Effects } from "./effects.ts";
import type { Reach } from "./reach.ts";
import { momentOf, type Time } from "./time.ts";
import { type TraitChange, traitsAfter } from "./traits.ts";
import type { Variable } from "./variable.ts";

const MOST_TAGS = 50;
const LONGEST_TAG = 64;
const MOST_VARIABLES = 100;
/** Characters of JSON: they go to the database with every change, and into the log of a step that makes one. */
const MOST_KEPT = 16 * 1024;

const REPEAT = { kind: "repeat" } as const;

/**
 * The lead as one step sees and changes them. Each change is an effect, and its outcome follows from what the step
 * began with: so a step that is played again sees what it saw, and does nothing twice.
 */
export class LeadPlay {
  #lead: LeadProfile;
  readonly #reach: Reach;
  readonly #effects: Effects;
  readonly #now: () => number;

  /** @param now the step's own time, milliseconds since 1970 */
  constructor(beginning: Beginning, reach: Reach, effects: Effects, now: () => number) {
    this.#reach = reach;
    this.#effects = effects;
    this.#now = now;
    this.#lead = beginning.lead;
  }

  /** The lead as they are by now. */
  get lead(): LeadProfile {
    return this.#lead;
  }

  async signIn(user: SystemUser): Promise<PersonProfile | null> {
    const { person, barred } = await this.#effects.once(REPEAT, async () => {
      const lead = await this.#reach.signIn(user);
      return { person: lead.person, barred: lead.barred };
    });
    this.#lead = { ...this.#lead, person, barred };
    return person;
  }

  async signOut(): Promise<boolean> {
    const { person } = this.#lead;
    if (!person) return false;
    const unlinked = await this.#effects.once(REPEAT, () => this.#reach.signOut(person));
    this.#lead = { ...this.#lead, person: null };
    return unlinked;
  }

  async tag(names: readonly string[]): Promise<void> {
    await this.#change({ kind: "tags", add: names, remove: [] });
  }

  async untag(names: readonly string[]): Promise<void> {
    await this.#change({ kind: "tags", add: [], remove: names });
  }

  get<T extends z.ZodType>({ name, schema }: Variable<T>): z.output<T> | null {
    const kept = this.#lead.variables[name];
    return kept === undefined ? null : (schema.safeParse(kept).data ?? null);
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.#change({ kind: "variable", name, value });
  }

  async pause(time: Time | "forever"): Promise<number> {
    const until = time === "forever" ? FOREVER : momentOf(time, this.#now(), this.#reach.timeZone);
    await this.#change({ kind: "pause", until });
    return until;
  }

  async resume(): Promise<boolean> {
    const wasPaused = (this.#lead.pausedUntil ?? 0) > this.#now();
    if (this.#lead.pausedUntil !== null) await this.#change({ kind: "pause", until: null });
    return wasPaused;
  }

  async handOver(): Promise<void> {
    await this.#change({ kind: "operator", speaks: true });
  }

  async takeBack(): Promise<boolean> {
    const was = this.#lead.withOperator;
    if (was) await this.#change({ kind: "operator", speaks: false });
    return was;
  }

  async #change(change: TraitChange): Promise<void> {
    // Before anything is awaited: a step may make several changes at once.
    this.#lead = { ...this.#lead, ...traitsAfter(change, this.#lead, this.#now()) };
    checkTraits(this.#lead);
    await this.#effects.once(REPEAT, async () => {
      await this.#reach.changeTraits(change);
      return null;
    });
  }
}

function checkTraits({ tags, variables }: LeadProfile): void {
  if (tags.length > MOST_TAGS || tags.some((name) => name.length === 0 || name.length > LONGEST_TAG))
    throw new BrokenData(`A lead may have ${MOST_TAGS} tags of 1 to ${LONGEST_TAG} characters`);
  if (Object.keys(variables).length > MOST_VARIABLES || JSON.stringify(variables).length > MOST_KEPT)
    throw new BrokenData(`A lead may have ${MOST_VARIABLES} variables of ${MOST_KEPT} characters together`);
}
