import { first, type Sql } from "./sql.ts";

/** What the runs come to; milliseconds since 1970, `null` where there are none. */
export interface Times {
  /** When the first step is due that is to be played. */
  readonly next: number | null;
  /** When the last of those is due that hold the chat. */
  readonly held: number | null;
  /** How many steps are to be played, now or later. */
  readonly waiting: number;
  /** When the first run goes on by itself, of those that are critical. */
  readonly urgent: number | null;
  /** And of those that are not. */
  readonly wake: number | null;
}

/** Looks through the open runs for their times. */
export function timesOf(sql: Sql): Times {
  const row = first(
    sql.exec(
      `SELECT count(due_at) AS waiting, min(due_at) AS next, max(iif(holds = 1, due_at, NULL)) AS held,
        min(iif(due_at IS NULL AND critical = 1, wake_at, NULL)) AS urgent,
        min(iif(due_at IS NULL AND critical = 0, wake_at, NULL)) AS wake FROM runs`,
    ),
  );
  const time = (name: keyof Times) => (row?.[name] == null ? null : Number(row[name]));
  const waiting = Number(row?.waiting ?? 0);
  return { waiting, next: time("next"), held: time("held"), urgent: time("urgent"), wake: time("wake") };
}
