import { z } from "zod";
import { BrokenData } from "../../contract/errors.ts";
import type { SmsGateway } from "../../contract/ports.ts";
import type { SmsKind } from "../../contract/sms.ts";
import { SmsRefused } from "../../contract/sms-errors.ts";
import { smsEmulator } from "./emulator.ts";
import { SmsRuCredentials, smsRu } from "./sms-ru.ts";
import { TwilioCredentials, twilio } from "./twilio.ts";

/** What any gateway needs to send for a bot. */
interface SmsSettings {
  /** JSON, opened for the moment of use; empty where the gateway needs none. */
  readonly credentials: string;
  readonly telegramApiRoot: string;
}

interface Gateway {
  readonly credentials: z.ZodType;
  open(settings: SmsSettings): SmsGateway;
}

/** Whoever stands at this machine may use its emulator. */
const NoCredentials = z.object({});

/** The gateways: one file and one line each. */
const gateways: Readonly<Record<SmsKind, Gateway>> = {
  "sms.ru": gateway(SmsRuCredentials, smsRu),
  twilio: gateway(TwilioCredentials, twilio),
  emulator: gateway(NoCredentials, (_none, { telegramApiRoot }) => smsEmulator(telegramApiRoot)),
};

/** SMS.ru takes eight parts at the most, which are 536 characters of Cyrillic; what we send has one part or two. */
const LONGEST_TEXT = 500;

const E164 = /^\+[1-9]\d{6,14}$/;

/** The shape that a gateway's credentials have. None of its complaints quotes a value. */
export function smsCredentials(kind: SmsKind): z.ZodType {
  return gateways[kind].credentials;
}

/**
 * A gateway by its kind, with a bot's credentials. What is no phone, or too long, is refused before anything leaves.
 * @throws BrokenData where the credentials are not the gateway's
 */
export function smsGatewayOf(kind: SmsKind, settings: SmsSettings): SmsGateway {
  const opened = gateways[kind].open(settings);
  return {
    async send(phone, text) {
      if (!E164.test(phone)) throw new SmsRefused(`${kind}: not-a-phone`);
      if (text.length > LONGEST_TEXT) throw new SmsRefused(`${kind}: text-too-long`);
      await opened.send(phone, text);
    },
  };
}

function gateway<T>(
  credentials: z.ZodType<T>,
  make: (credentials: T, settings: SmsSettings) => SmsGateway,
): Gateway {
  return {
    credentials,
    open: (settings) => make(read(credentials, settings.credentials), settings),
  };
}

function read<T>(shape: z.ZodType<T>, json: string): T {
  // Without a cause: both JSON.parse and zod may quote what they read.
  const broken = new BrokenData("The credentials of an SMS gateway have not its shape");
  let value: unknown;
  try {
    value = JSON.parse(json || "{}");
  } catch {
    throw broken;
  }
  const credentials = shape.safeParse(value);
  if (!credentials.success) throw broken;
  return credentials.data;
}
