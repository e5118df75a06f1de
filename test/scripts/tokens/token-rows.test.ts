import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { type Statement, statementText } from "../../../scripts/d1/statement.ts";
import {
  insertToken,
  revokeToken,
  selectTokens,
  TokenRow,
  tokenInWords,
} from "../../../scripts/tokens/token-rows.ts";

const NOW = Date.UTC(2026, 10, 20);
const grant = {
  name: "O'Hara; DROP TABLE api_tokens; -- «Лавка» 🙂 ?",
  bots: ["1"],
  aliases: ["post/*"],
  expiresAt: null,
  callsPerMinute: 60,
};
const migrations = new URL("../../../schema/migrations/", import.meta.url);

let database: DatabaseSync;

beforeEach(() => {
  database = new DatabaseSync(":memory:");
  const files = readdirSync(migrations).filter((name) => name.endsWith(".sql"));
  for (const name of files.sort()) database.exec(readFileSync(new URL(name, migrations), "utf8"));
});

/** Values bound, as on the local database; values written out, as for the deployed one. */
const ways: [string, (statement: Statement) => unknown[]][] = [
  ["bound", ({ sql, values }) => database.prepare(sql).all(...values)],
  ["written out", (statement) => database.prepare(statementText(statement)).all()],
];

describe.each(ways)("tokens with values %s", (_, run) => {
  it("are kept and listed as they were given, whatever is in their name", () => {
    run(insertToken("a", "hash-a", grant, NOW));

    const rows = run(selectTokens).map((row) => TokenRow.parse(row));

    expect(rows).toMatchObject([
      { id: "a", name: grant.name, bots: ["1"], aliases: ["post/*"], created_at: NOW, calls_per_minute: 60 },
    ]);
    expect(JSON.stringify(rows)).not.toContain("hash-a");
  });

  it("are revoked once", () => {
    run(insertToken("a", "hash-a", grant, NOW));

    expect(run(revokeToken("a", NOW))).toHaveLength(1);
    expect(run(revokeToken("a", NOW))).toHaveLength(0);
    expect(run(revokeToken("b", NOW))).toHaveLength(0);
  });
});

describe("statementText", () => {
  it("refuses values that don't fit", () => {
    expect(() => statementText({ sql: "SELECT ?", values: [] })).toThrow(RangeError);
    expect(() => statementText({ sql: "SELECT 1", values: [1] })).toThrow(RangeError);
    expect(() => statementText({ sql: "SELECT ?", values: [0.5] })).toThrow(RangeError);
  });
});

describe("tokenInWords", () => {
  it.each([
    [{ expires_at: null, revoked_at: null }, "valid until revoked"],
    [{ expires_at: NOW + 1, revoked_at: null }, "valid until 2026-11-20"],
    [{ expires_at: NOW, revoked_at: null }, "expired 2026-11-20"],
    [{ expires_at: NOW, revoked_at: NOW }, "revoked 2026-11-20"],
  ])("says of %j that it is %s", (dates, state) => {
    const row = {
      id: "a",
      name: "Shop",
      bots: ["1"],
      aliases: ["*"],
      created_at: NOW,
      last_used_at: null,
      calls_per_minute: null,
      ...dates,
    };

    expect(tokenInWords(row, NOW)).toBe(
      `a  Shop  (${state})\n  bots 1; aliases *; no limit; created 2026-11-20; never used`,
    );
  });
});
