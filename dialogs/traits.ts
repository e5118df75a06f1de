import type { LeadProfile, Variables } from "../contract/lead.ts";
import type { LeadTraits } from "../contract/ports.ts";

/** What a step changes of a lead: no more than that, since others may change the rest meanwhile. */
export type TraitChange =
  | { readonly kind: "tags"; readonly add: readonly string[]; readonly remove: readonly string[] }
  /** `value`: JSON; `null` forgets it. */
  | { readonly kind: "variable"; readonly name: string; readonly value: unknown }
  /** `until`: milliseconds since 1970, `FOREVER`, or `null` for the end of a pause. */
  | { readonly kind: "pause"; readonly until: number | null }
  | { readonly kind: "operator"; readonly speaks: boolean };

/**
 * The traits that a change sets, for a lead as they are.
 * @param now milliseconds since 1970
 */
export function traitsAfter(change: TraitChange, lead: LeadProfile, now: number): Partial<LeadTraits> {
  switch (change.kind) {
    case "tags":
      return {
        tags: [...new Set([...lead.tags, ...change.add])].filter((tag) => !change.remove.includes(tag)),
      };
    case "variable":
      return { variables: variablesAfter(change.name, change.value, lead.variables) };
    case "pause":
      return { pausedUntil: change.until };
    case "operator":
      return { withOperator: change.speaks, ...(isPast(lead, now) ? { pausedUntil: null } : {}) };
  }
}

function variablesAfter(name: string, value: unknown, before: Variables): Variables {
  const { [name]: _, ...others } = before;
  // What a step gives may be any value of its schema's: what is kept of it is JSON.
  return value === null ? others : JSON.parse(JSON.stringify({ ...others, [name]: value }));
}

/** A pause that ended while an operator was here needs no greeting of its own any more. */
function isPast({ pausedUntil }: LeadProfile, now: number): boolean {
  return pausedUntil !== null && pausedUntil <= now;
}
