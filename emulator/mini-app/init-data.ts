import { createHmac } from "node:crypto";
import type { Person } from "../store/people.ts";

/** What a launch of a bot's page is known by. */
export interface Launch {
  readonly person: Person;
  /** Whether the bot may write to the person. */
  readonly mayWrite: boolean;
  /** Seconds since 1970. */
  readonly at: number;
  /** Names the session of the page. */
  readonly queryId: string;
  /** For others than the bot. It is one more signed field to the bot, and a check that leaves it out must fail here, too. */
  readonly signature: string;
}

/** Bot API: `WebAppInitData`, who opened a bot's page and when, as a query string signed with the bot's token. */
export function initData(launch: Launch, token: string): string {
  const fields: Record<string, string> = {
    query_id: launch.queryId,
    user: userJson(launch),
    auth_date: String(launch.at),
    signature: launch.signature,
  };
  const signed = { ...fields, hash: hashOf(fields, token) };
  return Object.entries(signed)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");
}

/** Telegram writes slashes escaped: who parses and writes it again gets another text, and no right hash. */
function userJson({ person, mayWrite }: Launch): string {
  const { id, first_name, last_name = "", username, language_code } = person;
  const allows = mayWrite ? { allows_write_to_pm: true } : {};
  const user = { id, first_name, last_name, username, language_code, ...allows };
  return JSON.stringify(user).replaceAll("/", "\\/");
}

/** "Validating data received via the Mini App". */
function hashOf(fields: Readonly<Record<string, string>>, token: string): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  const key = createHmac("sha256", "WebAppData").update(token).digest();
  return createHmac("sha256", key).update(lines.sort().join("\n")).digest("hex");
}
