import { SystemUnavailable } from "../contract/errors.ts";

/** What was asked of the main system, or "silent" where it does not answer, and the dialog says so itself. */
export async function unlessSilent<T>(asked: Promise<T>): Promise<T | "silent"> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SystemUnavailable) return "silent";
    throw error;
  }
}
