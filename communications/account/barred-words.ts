import type { Text } from "../../contract/html.ts";
import type { Barred } from "../../contract/lead.ts";
import type { Words } from "../../contract/words.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** Why somebody is treated as a stranger. */
export type WhyBarred = Pick<Barred, "why" | "reason">;

/** That the account is blocked, and why, or that it is switched off. */
export function barredWords({ why, reason }: WhyBarred): Words<Text> {
  return why === "inactive" ? words.inactive : userWords.blocked(reason);
}
