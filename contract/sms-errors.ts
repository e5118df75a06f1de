import { HouseError } from "./errors.ts";

/** The gateway takes nothing now: it is out of order, or our account with it is. Nothing was sent; later it may do. */
export class SmsDown extends HouseError {
  override readonly code = "sms-down";
}

/** The gateway will never bring this text to this phone. */
export class SmsRefused extends HouseError {
  override readonly code = "sms-refused";
}

/** No answer came, or none that can be read: nobody can know whether the text is on its way. */
export class SmsUncertain extends HouseError {
  override readonly code = "sms-uncertain";
}
