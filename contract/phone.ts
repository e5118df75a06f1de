import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** The country that a number without a code is read in: the seeds' systems write Russian numbers so. */
const HOME = "RU";

/**
 * A phone number in E.164 ("+79187777777"), however a main system wrote it: with spaces, a leading 8, or as bare
 * digits. Where a home number and a foreign one could both be meant, it is the home one. What is no number comes back
 * as its digits.
 */
export function toE164(written: string): string {
  const home = parsePhoneNumberFromString(written, HOME);
  return home?.isValid() ? home.number : internationalE164(written);
}

/** A phone number in E.164, from the digits of an international one with or without "+", as messengers give it. */
export function internationalE164(written: string): string {
  const digits = written.replace(/\D/g, "");
  return digits && `+${digits}`;
}
