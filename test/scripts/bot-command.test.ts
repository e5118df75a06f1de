import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { unseal } from "../../contract/seal.ts";
import { botCommandFrom } from "../../scripts/bots/bot-command.ts";
import { upsertBot } from "../../scripts/bots/bot-rows.ts";
import { statementText } from "../../scripts/d1/statement.ts";

const SEALING_KEY = btoa("k".repeat(32));
const env = { BOT_TOKEN: "7:secret-token", SYSTEM_TOKEN: "system-secret", SEALING_KEY };
const given =
  "set --id 7 --name Shop --username @shop_bot --site https://shop.test/ --system https://shop.test/api".split(
    " ",
  );

describe("npm run bot", () => {
  it("writes a bot whose secrets are sealed, and renews it", async () => {
    const db = new DatabaseSync(":memory:");
    for (const name of readdirSync("schema/migrations").sort()) {
      if (name.endsWith(".sql")) db.exec(readFileSync(`schema/migrations/${name}`, "utf8"));
    }

    const paid = [
      ...["--paid", "--per-second", "300", "--per-person-daily", "3", "--retention-days", "30"],
      ...["--quiet", "22:00-08:00"],
    ];
    for (const more of [paid, ["--locale", "en"], [...paid, "--locale", "en"]]) {
      const { settings } = botCommandFrom([...given, ...more], env);
      db.exec(statementText(await upsertBot(settings, 5)));
    }

    const rows = db.prepare("SELECT * FROM bots").all();
    expect(rows).toMatchObject([
      { id: "7", username: "shop_bot", locale: "en", site_url: "https://shop.test", created_at: 5 },
    ]);
    expect(rows).toMatchObject([
      { per_second: 300, paid_broadcast: 1, per_person_daily: 3, retention_days: 30 },
    ]);
    expect(rows).toMatchObject([{ quiet_from: "22:00", quiet_until: "08:00" }]);
    expect(await unseal(String(rows[0]?.channel_token), SEALING_KEY)).toBe("7:secret-token");
    expect(JSON.stringify(rows)).not.toContain("secret");
  });

  it.each([["off"], [undefined]])("has no quiet hours with --quiet %s", async (quiet) => {
    const { settings } = botCommandFrom([...given, ...(quiet ? ["--quiet", quiet] : [])], env);

    expect(settings.quiet).toBeNull();
    expect(statementText(await upsertBot(settings, 5))).toContain("quiet_from = excluded.quiet_from");
  });

  it.each([
    ["no token", { ...env, BOT_TOKEN: undefined }, given],
    ["a key that is too short", { ...env, SEALING_KEY: btoa("short") }, given],
    ["an address that is none", env, [...given, "--site", "javascript:alert(1)"]],
    ["a time zone that is none", env, [...given, "--time-zone", "Nowhere/At_All"]],
    ["a rate that nobody paid for", env, [...given, "--per-second", "31"]],
    ["a rate that cannot be had", env, [...given, "--paid", "--per-second", "1001"]],
    ["quiet hours that are none", env, [...given, "--quiet", "22-8"]],
    ["quiet hours with one end", env, [...given, "--quiet", "22:00"]],
    ["quiet hours with three", env, [...given, "--quiet", "22:00-08:00-09:00"]],
    ["quiet hours that end when they begin", env, [...given, "--quiet", "22:00-22:00"]],
    ["a number that is none", env, [...given, "--per-person-daily", "some"]],
    ["no command", env, given.slice(1)],
  ])("refuses %s, and shows no secret", (_name, environment, args) => {
    let said = "";
    try {
      botCommandFrom(args, environment);
    } catch (error) {
      said = String(error);
    }

    expect(said).toContain("Usage");
    expect(said).not.toContain("secret-token");
  });
});
