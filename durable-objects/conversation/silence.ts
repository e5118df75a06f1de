import type { BotProfile } from "../../contract/bot.ts";
import { FOREVER, type LeadProfile } from "../../contract/lead.ts";
import { quietUntil } from "../../dialogs/time.ts";

/** Of a lead, what keeps a bot from speaking by itself. */
type Wish = Pick<LeadProfile, "pausedUntil" | "withOperator">;

/**
 * Until when what calls tell is kept from this chat unless it is critical: milliseconds since 1970, `FOREVER` where only
 * somebody can end it, `null` where nothing is kept.
 */
export function silentUntil({ pausedUntil, withOperator }: Wish, now: number): number | null {
  if (withOperator) return FOREVER;
  return pausedUntil !== null && pausedUntil > now ? pausedUntil : null;
}

/** Until when nothing is said here by itself unless it is critical: silence, or the bot's quiet hours. */
export function stillUntil(
  lead: Wish | null,
  bot: Pick<BotProfile, "quietHours" | "timeZone"> | null,
  now: number,
): number | null {
  const silent = lead && silentUntil(lead, now);
  const from = silent ?? now;
  if (from === FOREVER || !bot) return silent;
  return quietUntil(bot.quietHours, from, bot.timeZone) ?? silent;
}
