/** A row of the communication map (requirement 19). */
export interface MapRow {
  readonly section: string;
  /** The stage of the process, or what has happened. */
  readonly event: string;
  /** Who is told what, in one sentence. */
  readonly communication: string;
  /** What the dialog does, and what happens with the answers. */
  readonly description: string;
}

/** An event of a map that no communication answers yet: the map shows it as a gap. */
export interface Gap {
  readonly gap: true;
  readonly section: string;
  readonly event: string;
  /** What is missing, or why nothing is said. */
  readonly description: string;
}

/** Declares an event that no communication answers yet. */
export function gap(row: Omit<Gap, "gap">): Gap {
  return { gap: true, ...row };
}
