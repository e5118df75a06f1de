/** The SMS gateways there are. */
export const SMS_GATEWAYS = ["sms.ru", "twilio", "emulator"] as const;

/** An SMS gateway. */
export type SmsKind = (typeof SMS_GATEWAYS)[number];
