import { seal } from "../../contract/seal.ts";
import type { Statement } from "../d1/statement.ts";
import type { BotSettings } from "./bot-command.ts";

const COLUMNS = [
  "name",
  "username",
  "locale",
  "time_zone",
  "site_url",
  "channel_token",
  "system_url",
  "system_token",
  "per_second",
  "paid_broadcast",
  "per_person_daily",
  "quiet_from",
  "quiet_until",
  "retention_days",
  "sms_gateway",
  "sms_credentials",
] as const;

/** Writes a bot's settings, or renews them where the bot is there already; its secrets go in sealed. */
export async function upsertBot(settings: BotSettings, now: number): Promise<Statement> {
  const { SEALING_KEY, BOT_TOKEN, SYSTEM_TOKEN } = settings;
  const values = {
    name: settings.name,
    username: settings.username,
    locale: settings.locale,
    time_zone: settings["time-zone"],
    site_url: settings.site,
    channel_token: await seal(BOT_TOKEN, SEALING_KEY),
    system_url: settings.system,
    system_token: await seal(SYSTEM_TOKEN, SEALING_KEY),
    per_second: settings["per-second"],
    paid_broadcast: Number(settings.paid),
    per_person_daily: settings["per-person-daily"] ?? null,
    quiet_from: settings.quiet?.from ?? null,
    quiet_until: settings.quiet?.until ?? null,
    retention_days: settings["retention-days"],
    sms_gateway: settings.sms?.gateway ?? null,
    sms_credentials: settings.sms && (await seal(settings.sms.credentials, SEALING_KEY)),
  };
  const places = ["id", "created_at", ...COLUMNS];
  const renewed = COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ");
  return {
    sql:
      `INSERT INTO bots (${places.join(", ")}) VALUES (${places.map(() => "?").join(", ")}) ` +
      `ON CONFLICT (id) DO UPDATE SET ${renewed}`,
    values: [settings.id, now, ...COLUMNS.map((column) => values[column])],
  };
}
