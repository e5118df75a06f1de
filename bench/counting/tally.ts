/** What the platform was asked to do, counted: what a bill of Cloudflare is made of. */
export interface Tally {
  /** Statements, those of a batch one by one. */
  d1Queries: number;
  d1RowsRead: number;
  d1RowsWritten: number;
  /** Calls of Durable Objects, and alarms that rang: both are billed as requests. */
  objectRequests: number;
  alarms: number;
  /** Rows of the objects' own SQLite, alarms set (one row each) and values put among the written. */
  objectRowsRead: number;
  objectRowsWritten: number;
  queueMessages: number;
  /** Requests to the Bot API. */
  botRequests: number;
  /** D1 queries that were begun before the first request to the Bot API was: those on the way to the answer. */
  d1QueriesBeforeAnswer: number;
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return {
    d1Queries: 0,
    d1RowsRead: 0,
    d1RowsWritten: 0,
    objectRequests: 0,
    alarms: 0,
    objectRowsRead: 0,
    objectRowsWritten: 0,
    queueMessages: 0,
    botRequests: 0,
    d1QueriesBeforeAnswer: 0,
  };
}
