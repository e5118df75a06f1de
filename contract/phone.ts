import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** The country that a number without a code is read in: the seeds' systems write Russian numbers so. */
const HOME = "RU";

/**
 * A phone number in E.164 ("+79187777777"), however it was written: with spaces, a leading 8, or as bare digits of
 * an international number as Telegram sends them. What is no number comes back as its digits.
 */
export function toE164(written: string): string {
  const digits = written.replace(/\D/g, "");
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (international?.isValid()) return international.number;
  const local = parsePhoneNumberFromString(written, HOME);
  return local?.isValid() ? local.number : digits && `+${digits}`;
}
