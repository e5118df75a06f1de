import { eq } from "drizzle-orm";
import { BotProfile, type QuietHours } from "../contract/bot.ts";
import type { Bots } from "../contract/ports.ts";
import { bots } from "./bots.ts";
import { ask, type Database } from "./database.ts";

/** The bots and their settings, in the database. */
export function botsIn(db: Database): Bots {
  return {
    async find(botId) {
      const [row] = await ask(db.select().from(bots).where(eq(bots.id, botId)).limit(1));
      return row
        ? BotProfile.parse({ ...row, botId: row.id, quietHours: quietHoursOf(row), sms: smsOf(row) })
        : null;
    },
  };
}

function quietHoursOf({ quietFrom, quietUntil }: typeof bots.$inferSelect): QuietHours | null {
  return quietFrom !== null && quietUntil !== null ? { from: quietFrom, until: quietUntil } : null;
}

function smsOf({ smsGateway: gateway, smsCredentials }: typeof bots.$inferSelect): BotProfile["sms"] {
  return gateway && { gateway, credentials: smsCredentials ?? "" };
}
