import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { smsGatewayOf } from "../../channels/sms/gateways.ts";
import { unseal } from "../../contract/seal.ts";
import type { SmsKind } from "../../contract/sms.ts";
import { botCommandFrom } from "../../scripts/bots/bot-command.ts";
import { upsertBot } from "../../scripts/bots/bot-rows.ts";
import { type Statement, statementText } from "../../scripts/d1/statement.ts";

const SEALING_KEY = btoa("k".repeat(32));
const env = { BOT_TOKEN: "7:secret-token", SYSTEM_TOKEN: "system-secret", SEALING_KEY };
const given =
  "set --id 7 --name Shop --username @shop_bot --site https://shop.test/ --system https://shop.test/api".split(
    " ",
  );

describe("npm run bot", () => {
  it("writes a bot whose secrets are sealed, and renews it", async () => {
    const paid = [
      ...["--paid", "--per-second", "300", "--per-person-daily", "3", "--retention-days", "30"],
      ...["--quiet", "22:00-08:00"],
    ];
    const times = [paid, ["--locale", "en"], [...paid, "--locale", "en"]].map((more) =>
      upsertBot(botCommandFrom([...given, ...more], env).settings, 5),
    );

    const rows = rowsAfter(...(await Promise.all(times)));

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
    ["sms.ru", { apiId: "0A0A0A0A-secret", from: "Shop" }],
    ["twilio", { accountSid: `AC${"0".repeat(32)}`, authToken: "secret".repeat(5), from: "+15005550006" }],
    ["emulator", {}],
  ])("seals the credentials of %s, so that its gateway opens with them", async (gateway, credentials) => {
    const environment = { ...env, SMS_CREDENTIALS: JSON.stringify(credentials, null, 2) };
    const { settings } = botCommandFrom([...given, "--sms", gateway], environment);

    const [row] = rowsAfter(await upsertBot(settings, 5));

    expect(row).toMatchObject({ sms_gateway: gateway });
    expect(JSON.stringify(row)).not.toContain("secret");
    const opened = await unseal(String(row?.sms_credentials), SEALING_KEY);
    expect(JSON.parse(opened)).toEqual(credentials);
    const open = () =>
      smsGatewayOf(gateway as SmsKind, { credentials: opened, telegramApiRoot: "http://bot-api.test" });
    expect(open).not.toThrow();
  });

  it("takes the gateway away where it is set again without one, though credentials still lie about", async () => {
    const environment = { ...env, SMS_CREDENTIALS: '{"apiId":"0A0A0A0A-secret"}' };
    const withOne = botCommandFrom([...given, "--sms", "sms.ru"], environment);
    const without = botCommandFrom(given, environment);

    const rows = rowsAfter(await upsertBot(withOne.settings, 5), await upsertBot(without.settings, 6));

    expect(rows).toMatchObject([{ sms_gateway: null, sms_credentials: null }]);
  });

  it.each([
    ["no credentials", "sms.ru", undefined, "SMS_CREDENTIALS: set it to the credentials of sms.ru, as JSON"],
    ["empty ones", "sms.ru", "", "SMS_CREDENTIALS: set it"],
    ["no JSON", "sms.ru", "0A0A0A0A-secret", "SMS_CREDENTIALS: is not JSON"],
    [
      "another's",
      "sms.ru",
      '{"authToken":"secret"}',
      "SMS_CREDENTIALS: apiId is missing; takes apiId and from",
    ],
    [
      "a field too many",
      "sms.ru",
      '{"apiId":"0A0A0A0A-0","secret":"s"}',
      "takes apiId and from, and nothing else",
    ],
    [
      "half of a key",
      "twilio",
      '{"apiKeySid":"secret"}',
      "SMS_CREDENTIALS: accountSid is missing; apiKeySid is not SK",
    ],
    ["an unknown gateway", "pigeon", "{}", "sms: is sms.ru, twilio, emulator"],
  ])(
    "refuses an SMS gateway with %s, says what to put right, and shows no secret",
    (_name, gateway, text, says) => {
      const said = complaintOf([...given, "--sms", gateway], { ...env, SMS_CREDENTIALS: text });

      expect(said).toContain(says);
      expect(said.split("Usage")[0]).not.toContain("secret");
    },
  );

  it("keeps the emulator's phones to this machine", () => {
    const said = complaintOf([...given, "--sms", "emulator", "--remote"], env);

    expect(said).toContain("sms: the emulator is for this machine");
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
    const said = complaintOf(args, environment);

    expect(said).toContain("Usage");
    expect(said).not.toContain("secret-token");
  });
});

/** The bots of a fresh database, after statements of the command. */
function rowsAfter(...statements: readonly Statement[]) {
  const db = new DatabaseSync(":memory:");
  for (const name of readdirSync("schema/migrations").sort()) {
    if (name.endsWith(".sql")) db.exec(readFileSync(`schema/migrations/${name}`, "utf8"));
  }
  for (const statement of statements) db.exec(statementText(statement));
  return db.prepare("SELECT * FROM bots").all();
}

/** What the command says of what it does not take; nothing where it takes it. */
function complaintOf(...given: Parameters<typeof botCommandFrom>): string {
  try {
    botCommandFrom(...given);
    return "";
  } catch (error) {
    return String(error);
  }
}
