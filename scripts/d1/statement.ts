/** What can stand for a placeholder. */
export type SqlValue = string | number | null;

/** One SQL statement; its values stand apart, one for each question mark. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * A statement as one text, for Wrangler's command line, which takes no values. Strings go in as hexadecimal bytes:
 * whatever they hold, there is no quote to break out of. Throws where values and question marks don't match.
 */
export function statementText({ sql, values }: Statement): string {
  const parts = sql.split("?");
  if (parts.length !== values.length + 1) throw new RangeError("As many values as question marks, please");
  return parts.map((part, index) => part + literal(values[index])).join("");
}

/** Past the last value there is nothing to write. */
function literal(value: SqlValue | undefined): string {
  if (value === undefined) return "";
  if (value === null) return "NULL";
  if (typeof value === "string") return `CAST(X'${Buffer.from(value).toString("hex")}' AS TEXT)`;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer that SQLite keeps exactly`);
  return String(value);
}
