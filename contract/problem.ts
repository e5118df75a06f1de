import { z } from "zod";
import type { Words } from "./words.ts";

const Said = z.object({ words: z.object({ ru: z.string(), en: z.string() }) });

/** What a check of ours says of input that it refuses: the second argument of zod's `refine`. */
export function says(words: Words<string>): { readonly params: { readonly words: Words<string> } } {
  return { params: { words } };
}

/** What `says` gave to a check, from the `params` of its issue; `undefined` for the checks of others. */
export function saidOf(params: unknown): Words<string> | undefined {
  return Said.safeParse(params).data?.words;
}
