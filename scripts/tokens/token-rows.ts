import { z } from "zod";
import type { Statement } from "../d1/statement.ts";
import type { TokenGrant } from "./token-command.ts";

const Names = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()));

const Time = z.number().nullable();

/** A token as the database keeps it, without its hash. */
export const TokenRow = z.object({
  id: z.string(),
  name: z.string(),
  bots: Names,
  aliases: Names,
  created_at: z.number(),
  expires_at: Time,
  last_used_at: Time,
  revoked_at: Time,
  calls_per_minute: z.number().nullable(),
});

export type TokenRow = z.infer<typeof TokenRow>;

/** Keeps a new token: its hash alone, never the token. */
export function insertToken(id: string, hash: string, grant: TokenGrant, now: number): Statement {
  return {
    sql:
      "INSERT INTO api_tokens (id, bots, aliases, name, hash, created_at, expires_at, calls_per_minute) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    values: [
      id,
      JSON.stringify(grant.bots),
      JSON.stringify(grant.aliases),
      grant.name,
      hash,
      now,
      grant.expiresAt,
      grant.callsPerMinute,
    ],
  };
}

/** All tokens, the newest first. */
export const selectTokens: Statement = {
  sql:
    "SELECT id, name, bots, aliases, created_at, expires_at, last_used_at, revoked_at, calls_per_minute " +
    "FROM api_tokens ORDER BY created_at DESC",
  values: [],
};

/** Ends a token and gives its id back; gives nothing where there is none or it has ended already. */
export function revokeToken(id: string, now: number): Statement {
  return {
    sql: "UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING id",
    values: [now, id],
  };
}

/** A token's row as lines for a person to read. */
export function tokenInWords(row: TokenRow, now: number): string {
  const dates = [`created ${day(row.created_at)}`];
  dates.push(row.last_used_at === null ? "never used" : `last used ${day(row.last_used_at)}`);
  const limit = row.calls_per_minute === null ? "no limit" : `${row.calls_per_minute} calls a minute`;
  return [
    `${row.id}  ${row.name}  (${stateOf(row, now)})`,
    `  bots ${row.bots.join(", ")}; aliases ${row.aliases.join(", ")}; ${limit}; ${dates.join("; ")}`,
  ].join("\n");
}

function stateOf({ revoked_at, expires_at }: TokenRow, now: number): string {
  if (revoked_at !== null) return `revoked ${day(revoked_at)}`;
  if (expires_at === null) return "valid until revoked";
  return `${expires_at <= now ? "expired" : "valid until"} ${day(expires_at)}`;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
