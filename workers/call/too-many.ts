import { HouseError } from "../../contract/errors.ts";

/** A token has asked for more than it may; answered with 429. */
export class TooMany extends HouseError {
  override readonly code = "too-many";
  /** @param retryAfterSeconds until it may ask again */
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super("Too many requests");
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
