import { z } from "zod";
import { phoneDigits } from "./data/phone.ts";

/** Longest name, role or place. */
export const NAME_CHARS = 100;

/** A word that may be absent; an empty one is as good as none. */
export const Maybe = z
  .string()
  .trim()
  .max(NAME_CHARS)
  .nullish()
  .transform((text) => text || null);

/** A phone as people write it, as digits; `null` where there is none. `problem` is what is said of anything else. */
export const phone = (problem: string) =>
  z
    .string()
    .max(40, problem)
    .nullish()
    .transform((written, context) => {
      if (!written?.trim()) return null;
      const digits = phoneDigits(written);
      if (digits) return digits;
      context.addIssue({ code: "custom", message: problem });
      return z.NEVER;
    });

/** An e-mail; `null` where there is none. `problem` is what is said of anything else. */
export const email = (problem: string) =>
  z
    .string()
    .trim()
    .pipe(z.union([z.literal(""), z.email(problem).max(254, problem)], problem))
    .nullish()
    .transform((written) => written || null);
