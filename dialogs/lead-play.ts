import type { z } from "zod";
import { BrokenData } from "../contract/errors.ts";
import { FOREVER, LeadProfile, PersonProfile, type Variables } from "../contract/lead.ts";
import type { LeadTraits } from "../contract/ports.ts";
import type { SystemUser } from "../contract/system.ts";
import type { Effects } from "./effects.ts";
import type { Reach } from "./reach.ts";
import { momentOf, type Time } from "./time.ts";
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
  constructor(reach: Reach, effects: Effects, now: () => number) {
    this.#reach = reach;
    this.#effects = effects;
    this.#now = now;
    this.#lead = leadIn(effects.beganWith<unknown>(reach.lead), reach.lead);
  }

  /** The lead as they are by now. */
  get lead(): LeadProfile {
    return this.#lead;
  }

  async signIn(user: SystemUser): Promise<PersonProfile | null> {
    this.#effects.keepBeginning(this.#lead);
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
    this.#effects.keepBeginning(this.#lead);
    const unlinked = await this.#effects.once(REPEAT, () => this.#reach.signOut(person));
    this.#lead = { ...this.#lead, person: null };
    return unlinked;
  }

  async tag(names: readonly string[]): Promise<void> {
    const tags = [...new Set([...this.#lead.tags, ...names])];
    if (tags.length > MOST_TAGS || tags.some((name) => name.length === 0 || name.length > LONGEST_TAG))
      throw new BrokenData(`A lead may have ${MOST_TAGS} tags of 1 to ${LONGEST_TAG} characters`);
    await this.#setTraits({ tags });
  }

  async untag(names: readonly string[]): Promise<void> {
    await this.#setTraits({ tags: this.#lead.tags.filter((tag) => !names.includes(tag)) });
  }

  get<T extends z.ZodType>({ name, schema }: Variable<T>): z.output<T> | null {
    const kept = this.#lead.variables[name];
    return kept === undefined ? null : (schema.safeParse(kept).data ?? null);
  }

  async set(name: string, value: unknown): Promise<void> {
    const { [name]: _, ...others } = this.#lead.variables;
    // What a step gives may be any value of its schema's: what is kept of it is JSON.
    const variables: Variables =
      value === null ? others : JSON.parse(JSON.stringify({ ...others, [name]: value }));
    if (Object.keys(variables).length > MOST_VARIABLES || JSON.stringify(variables).length > MOST_KEPT)
      throw new BrokenData(`A lead may have ${MOST_VARIABLES} variables of ${MOST_KEPT} characters together`);
    await this.#setTraits({ variables });
  }

  async pause(until: Time | "forever"): Promise<number> {
    const pausedUntil = until === "forever" ? FOREVER : momentOf(until, this.#now(), this.#reach.timeZone);
    await this.#setTraits({ pausedUntil });
    return pausedUntil;
  }

  async resume(): Promise<boolean> {
    const wasPaused = (this.#lead.pausedUntil ?? 0) > this.#now();
    if (this.#lead.pausedUntil !== null) await this.#setTraits({ pausedUntil: null });
    return wasPaused;
  }

  async handOver(): Promise<void> {
    await this.#setTraits({ withOperator: true });
  }

  async takeBack(): Promise<boolean> {
    const was = this.#lead.withOperator;
    if (was) await this.#setTraits({ withOperator: false });
    return was;
  }

  async #setTraits(change: Partial<LeadTraits>): Promise<void> {
    this.#effects.keepBeginning(this.#lead);
    const lead = { ...this.#lead, ...change };
    const { tags, variables, pausedUntil, withOperator } = lead;
    await this.#effects.once(REPEAT, async () => {
      await this.#reach.setTraits({ tags, variables, pausedUntil, withOperator });
      return null;
    });
    this.#lead = lead;
  }
}

/** What a step began with; before leads had traits, that was the person alone. */
function leadIn(kept: unknown, now: LeadProfile): LeadProfile {
  const lead = LeadProfile.safeParse(kept);
  if (lead.success) return lead.data;
  return { ...now, person: PersonProfile.nullable().catch(null).parse(kept) };
}
