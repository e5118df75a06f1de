import { SystemRefused } from "../../contract/errors.ts";

/** Waits for a mark to be set at the main system; one that refuses has no such user to mark, and is let be. */
export async function unlessRefused(marked: Promise<void>): Promise<void> {
  try {
    await marked;
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
  }
}
