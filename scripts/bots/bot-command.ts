import { z } from "zod";
import { DayTime } from "../../contract/bot.ts";
import { MESSAGES_PER_SECOND, RETENTION_DAYS } from "../../contract/defaults.ts";
import { SMS_GATEWAYS } from "../../contract/sms.ts";
import { LANGUAGES } from "../../contract/words.ts";
import { Complaint } from "../command.ts";
import { checked, splitArguments } from "../command-line.ts";
import { SmsSetting } from "./sms-setting.ts";

const USAGE = `Usage: npm run bot -- set --id 1 --name "Shop" --username shop_bot --site https://shop.example \\
         --system https://shop.example/api [--locale ru] [--time-zone Europe/Moscow] \\
         [--per-second ${MESSAGES_PER_SECOND}] [--paid] [--per-person-daily 3] [--quiet 22:00-08:00] \\
         [--retention-days ${RETENTION_DAYS}] [--sms ${SMS_GATEWAYS.join("|")}] [--remote]
Environment: BOT_TOKEN (the messenger's token), SYSTEM_TOKEN (the main system's), SEALING_KEY (the Worker's secret),
SMS_CREDENTIALS (JSON, for --sms; docs/operations.md says which).
They are sealed before they leave this machine. --paid: the bot pays the messenger for more than ${MESSAGES_PER_SECOND} messages a second (up to 1000). --per-person-daily: most messages
to one person a day, but for critical ones. --quiet: hours of the time zone in which only what is critical is said, or
off, as without it. --retention-days: how long calls that ended are kept. --sms: what brings codes to phones; nobody
signs in by SMS without it. The emulator is for this machine alone.
Add --remote for the deployed database.`;

const Url = z
  .url({ protocol: /^https?$/, error: "is not an address" })
  .transform((url) => url.replace(/\/+$/, ""));

const KEY_BYTES = 32;

const SealingKey = z
  .base64("set it to the Worker's secret of that name (base64)")
  .refine((key) => atob(key).length === KEY_BYTES, "is not 32 bytes as base64");

/** What the Bot API lets a bot send for money, a second. */
const PAID_PER_SECOND = 1000;

const count = (most: number, otherwise: string) =>
  z
    .string()
    .regex(/^[1-9]\d*$/, otherwise)
    .transform(Number)
    .pipe(z.number().max(most, otherwise));

const QUIET = "is two times of the day, 22:00-08:00, or off";

const Quiet = z
  .string()
  .transform((text) => (text === "off" ? null : text.split("-")))
  .pipe(z.tuple([DayTime, DayTime], QUIET).nullable())
  .refine((hours) => hours?.[0] === undefined || hours[0] !== hours[1], QUIET)
  .transform((hours) => hours && { from: hours[0], until: hours[1] });

const Settings = z
  .object({
    id: z.string("give the bot's id").regex(/^[\w-]{1,64}$/, "takes letters, digits, - and _"),
    name: z.string("give the bot's name").trim().min(1).max(100),
    username: z
      .string("give the bot's name in the messenger")
      .transform((name) => name.replace(/^@/, ""))
      .pipe(z.string().regex(/^\w{5,32}$/, "is no name of a bot")),
    site: Url,
    system: Url,
    locale: z.enum(LANGUAGES, "is ru or en").default("ru"),
    "time-zone": z
      .string()
      .refine(
        (zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC",
        "is no time zone",
      )
      .default("Europe/Moscow"),
    "per-second": count(PAID_PER_SECOND, `is 1 to ${PAID_PER_SECOND}`).default(MESSAGES_PER_SECOND),
    paid: z.boolean().default(false),
    "per-person-daily": count(10_000, "is 1 to 10000").optional(),
    quiet: Quiet.default(null),
    "retention-days": count(3_650, "is 1 to 3650").default(RETENTION_DAYS),
    BOT_TOKEN: z
      .string("set it to the bot's token")
      .regex(/^\d+:[\w-]+$/, "is not a bot token (digits:letters)"),
    SYSTEM_TOKEN: z.string("set it to the main system's token").min(1),
    SEALING_KEY: SealingKey,
  })
  .refine((settings) => settings.paid || settings["per-second"] <= MESSAGES_PER_SECOND, {
    path: ["per-second"],
    error: `is over ${MESSAGES_PER_SECOND}, which needs --paid`,
  })
  .and(SmsSetting);

/** A bot's settings as they were given, with secrets open. */
export type BotSettings = z.infer<typeof Settings>;

/** What `npm run bot` was asked to do. */
export interface BotCommand {
  readonly remote: boolean;
  readonly settings: BotSettings;
}

/** Reads the command line and the environment. Throws a `Complaint` that never shows a secret. */
export function botCommandFrom(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BotCommand {
  const text = { type: "string" } as const;
  const options = {
    id: text,
    name: text,
    username: text,
    site: text,
    system: text,
    locale: text,
    "time-zone": text,
    "per-second": text,
    "per-person-daily": text,
    quiet: text,
    "retention-days": text,
    sms: text,
  };
  const { values, positionals } = splitArguments(
    args,
    {
      ...options,
      paid: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
    },
    USAGE,
  );
  if (positionals.join() !== "set") throw new Complaint(USAGE);
  const { BOT_TOKEN, SYSTEM_TOKEN, SEALING_KEY, SMS_CREDENTIALS } = env;
  const secrets = { BOT_TOKEN, SYSTEM_TOKEN, SEALING_KEY, SMS_CREDENTIALS };
  const settings = checked(Settings, { ...values, ...secrets }, USAGE);
  const remote = values.remote === true;
  // A deployed bot would post phones and codes to the messenger's Bot API.
  if (remote && settings.sms?.gateway === "emulator") {
    throw new Complaint(`sms: the emulator is for this machine, not for --remote\n\n${USAGE}`);
  }
  return { remote, settings };
}
