import { z } from "zod";
import { LeadProfile, PersonProfile } from "../contract/lead.ts";
import type { KeptKind } from "./chat.ts";
import type { Effects } from "./effects.ts";
import type { Reach } from "./reach.ts";

/** What a step looks at beside its data: it must see the same each time that it is played. */
export interface Beginning {
  readonly lead: LeadProfile;
  readonly kept: readonly KeptKind[];
}

const KindOfWords = z.object({ ru: z.string(), en: z.string() });
const Kept = z.array(z.object({ kind: KindOfWords, count: z.number() }));
const Logged = z.object({ lead: LeadProfile, kept: Kept });

/** What the step began with at its first playing of which something is known; else how it is now. */
export function beginningOf(effects: Effects, { lead, kept }: Reach): Beginning {
  const logged = effects.beganWith({ lead, kept });
  const read = Logged.safeParse(logged);
  if (read.success) return read.data;
  // Code of before kept the lead's person alone.
  return { lead: { ...lead, person: PersonProfile.nullable().catch(lead.person).parse(logged) }, kept };
}
