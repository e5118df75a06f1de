/** Calls that a token may make a minute, unless told otherwise. */
export const CALLS_PER_MINUTE = 600;

/** Days that calls which ended, their ledger and dead letters are kept, unless told otherwise. */
export const RETENTION_DAYS = 90;

/** Messages a second to everybody together that Telegram takes for nothing (Bot API FAQ). */
export const MESSAGES_PER_SECOND = 30;
