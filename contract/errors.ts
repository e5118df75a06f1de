/** Root of every error this system throws. */
export abstract class HouseError extends Error {
  /** Stable name for logs and tests; the message may be reworded, this may not. */
  abstract readonly code: string;
}

/** The messenger asked us to slow down. Nothing was sent. */
export class ChannelBusy extends HouseError {
  override readonly code = "channel-busy";
  /** @param retryAfter seconds to wait */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super(`The channel asks to wait ${retryAfter} s`);
    this.retryAfter = retryAfter;
  }
}

/** The messenger is out of order, or could not be reached. Nothing was sent. */
export class ChannelDown extends HouseError {
  override readonly code = "channel-down";
}

/** The connection broke after the request had left: nobody can know whether it was done. */
export class ChannelUncertain extends HouseError {
  override readonly code = "channel-uncertain";
}

/** This person can't be written to: they blocked the bot, or their account is gone. */
export class ChannelBlocked extends HouseError {
  override readonly code = "channel-blocked";
}

/** The messenger will never take this message as it is. */
export class ChannelRefused extends HouseError {
  override readonly code = "channel-refused";
}

/** The messenger could not fetch the picture; the text is well. */
export class PictureRefused extends HouseError {
  override readonly code = "picture-refused";
}

/** The main system did not answer in time, is out of order, or answered nonsense. Trying again later may help. */
export class SystemUnavailable extends HouseError {
  override readonly code = "system-unavailable";
}

/** The main system said no; trying again will not help. */
export class SystemRefused extends HouseError {
  override readonly code = "system-refused";
}

/** The database could not be reached or did not answer. Trying again later may help. */
export class StorageDown extends HouseError {
  override readonly code = "storage-down";
}

/** Something that was read does not have the shape that it was written in. */
export class BrokenData extends HouseError {
  override readonly code = "broken-data";
}

/** The code of `error` for a log: ours by its code, a foreign one by its name. Never its text: that may hold a person's words. */
export function errorCode(error: unknown): string {
  if (error instanceof HouseError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
