import { BrokenData } from "../contract/errors.ts";
import type { Closing } from "./run.ts";
import { laterMomentOf, type Time } from "./time.ts";

/** Most characters of JSON that a run may carry from step to step: many of them live in one conversation. */
export const MOST_DATA = 64 * 1024;

/** Most things that the end of one step may bring about: more is a step that loops. */
const MOST_CLOSINGS = 100;
const LONGEST_KEY = 200;

/** A `Reminding` of any dialog. */
interface Reminder {
  readonly key: string;
  readonly dialog: { readonly alias: string };
  readonly time: Time;
  readonly data: unknown;
}

/** Data as it is carried on. @throws BrokenData where it is too large */
export function carried(data: unknown): string {
  const json = JSON.stringify(data ?? {});
  if (json.length > MOST_DATA) throw new BrokenData(`A run may carry ${MOST_DATA} characters of data`);
  return json;
}

/** What the end of a step is to bring about: nothing of it is done before the step is through. */
export class Closings {
  readonly list: Closing[] = [];

  begin(alias: string, data: unknown): void {
    this.#add({ kind: "begin", alias, data: carried(data) });
  }

  /** @param now milliseconds since 1970 */
  remind({ key, dialog, time, data }: Reminder, now: number, timeZone: string): void {
    if (key.length === 0 || key.length > LONGEST_KEY)
      throw new BrokenData(`A reminder's key has 1 to ${LONGEST_KEY} characters`);
    const at = laterMomentOf(time, now, timeZone);
    this.#add({ kind: "remind", key, alias: dialog.alias, data: carried(data), at });
  }

  forget(key: string): void {
    this.#add({ kind: "forget", key });
  }

  showKept(): void {
    this.#add({ kind: "show-kept" });
  }

  dropKept(): void {
    this.#add({ kind: "drop-kept" });
  }

  #add(closing: Closing): void {
    if (this.list.length >= MOST_CLOSINGS)
      throw new BrokenData(`A step has more than ${MOST_CLOSINGS} endings`);
    this.list.push(closing);
  }
}
