import { z } from "zod";
import { SMS_GATEWAYS } from "./sms.ts";
import { LANGUAGES } from "./words.ts";

/** A time of the day, "09:00". */
export const DayTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Hours in which only what is critical is said by itself. They may run over midnight. */
export const QuietHours = z.object({ from: DayTime, until: DayTime });

/** Hours in which only what is critical is said by itself. */
export type QuietHours = z.infer<typeof QuietHours>;

/** A bot as its conversations need it. Secrets are sealed: they are opened only at the moment of use. */
export const BotProfile = z.object({
  botId: z.string(),
  /** The bot's name in the messenger, without "@". */
  username: z.string(),
  /** Language of API messages, and of people whose messenger tells none. */
  locale: z.enum(LANGUAGES),
  /** Address of the site that people are sent to. */
  siteUrl: z.string(),
  /** Sealed token of the messenger. */
  channelToken: z.string(),
  /** Root of the main system's API, without a slash at its end. */
  systemUrl: z.string(),
  /** Sealed token of the main system's API. */
  systemToken: z.string(),
  /** IANA time zone: when a day begins. */
  timeZone: z.string(),
  /** Most messages a second to everyone together: 30, or up to 1,000 where the bot pays for it (Bot API). */
  perSecond: z.number(),
  /** Whether the bot pays for sending faster than 30 a second (Bot API: `allow_paid_broadcast`). */
  paidBroadcast: z.boolean(),
  /** Most messages of calls that aren't critical to one person a day; `null` is no limit. */
  perPersonDaily: z.number().nullable(),
  /** In `timeZone`; `null` where there are none. */
  quietHours: QuietHours.nullable().default(null),
  /** What brings codes to phones, with its sealed credentials; `null` where the bot signs nobody in by SMS. */
  sms: z
    .object({ gateway: z.enum(SMS_GATEWAYS), credentials: z.string() })
    .nullable()
    .default(null),
});

/** A bot as its conversations need it. Secrets are sealed: they are opened only at the moment of use. */
export type BotProfile = z.infer<typeof BotProfile>;
