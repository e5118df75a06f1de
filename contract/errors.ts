/** Root of every error this system throws. */
export abstract class HouseError extends Error {
  /** Stable name for logs and tests; the message may be reworded, this may not. */
  abstract readonly code: string;
}

/** The main system did not answer in time, is out of order, or answered nonsense. Trying again later may help. */
export class SystemUnavailable extends HouseError {
  override readonly code = "system-unavailable";
}

/** The main system said no; trying again will not help. */
export class SystemRefused extends HouseError {
  override readonly code = "system-refused";
  /** @param status the HTTP status it said no with; 404 where there is no such thing */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The database could not be reached or did not answer. Trying again later may help. */
export class StorageDown extends HouseError {
  override readonly code = "storage-down";
}

/** Another part of this system, an object or a queue, did not answer in time. Trying again later may help. */
export class Unanswered extends HouseError {
  override readonly code = "unanswered";
}

/** Something that was read does not have the shape that it was written in. */
export class BrokenData extends HouseError {
  override readonly code = "broken-data";
}

/** Something was begun by code of before, and today's code can't go on with it: a step is gone, or data has another shape. */
export class Outdated extends HouseError {
  override readonly code = "outdated";
}

/**
 * What a log may hold of an error: the code of ours and what it says, but for quoted parts; the name of a foreign one
 * and the place it came from. A foreign error's own text may quote what a person wrote.
 */
export function errorFacts(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof HouseError) {
    return { code: error.code, detail: error.message.replace(/"[^"]*"|'[^']*'|«[^»]*»/g, "…") };
  }
  if (!(error instanceof Error)) return { code: typeof error, detail: "" };
  const place = error.stack?.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  return { code: error.name, detail: place.trim() };
}
