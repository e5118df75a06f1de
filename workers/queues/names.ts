/** The queues; the names are those of `wrangler.toml`. */
export const QUEUES = {
  deliveries: "beseda-deliveries",
  records: "beseda-records",
  deadLetters: "beseda-dead-letters",
} as const;
