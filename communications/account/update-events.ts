import type { PersonField } from "../../contract/person-change.ts";
import type { ChangedBy } from "./update-params.ts";

/**
 * How a change is told: by the names of the fields, as a delivery address that is to be confirmed, or as an account
 * that was switched off or on.
 */
export const TELLINGS = ["fields", "delivery-address", "switched-off", "switched-on"] as const;

/** How a change is told. */
export type Telling = (typeof TELLINGS)[number];

/** What is known of a change. */
interface Change {
  readonly eventId: string | null | undefined;
  readonly changedBy: ChangedBy;
  readonly changed: readonly PersonField[];
  /** Whether the account is in use by now, where the change says so. */
  readonly active: boolean | null | undefined;
  /** The new address in one line, or empty. */
  readonly address: string;
}

/** A change that is told in a way of its own. */
interface Told {
  /** Where the change is made, by the main system's id. */
  readonly eventId: string;
  /** By whom. */
  readonly changedBy: readonly ChangedBy[];
  /** What must be other than before. */
  readonly field: PersonField;
  readonly as: Telling;
}

/** Changes that are told in a way of their own (requirement 24). A new one is a line here, and its steps in `users-update.ts`. */
const events: readonly Told[] = [
  {
    eventId: "orders/delivery-address",
    changedBy: ["employee", "administrator"],
    field: "location",
    as: "delivery-address",
  },
];

/** How the others are told, by who made them; what a person has changed themself they know. */
const byWhom: Readonly<Record<ChangedBy, Telling | null>> = {
  user: null,
  employee: "fields",
  administrator: "fields",
};

/** How a change is told; `null` where it is not. */
export function tellingOf({ eventId, changedBy, changed, active, address }: Change): Telling | null {
  const usual = byWhom[changedBy];
  if (changed.length === 0) return null;
  // Whoever can't use the account any more need not hear what else is new in it; who can again must.
  if (usual && changed.includes("active")) {
    if (!active) return "switched-off";
    if (changed.length === 1) return "switched-on";
  }
  const own = events.find(
    (event) =>
      event.eventId === eventId && event.changedBy.includes(changedBy) && changed.includes(event.field),
  );
  // An address that was emptied is nothing to confirm.
  return own && !(own.as === "delivery-address" && address === "") ? own.as : usual;
}
