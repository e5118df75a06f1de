import { SystemRefused } from "../contract/errors.ts";

/** What was asked of the main system, or `null` where it refuses: it has no such user, or offers nothing of the kind. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SystemRefused) return null;
    throw error;
  }
}
