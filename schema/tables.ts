/** Every table, for drizzle-kit: it makes the migrations from these. */
export { apiTokens } from "./api-tokens.ts";
export { bots } from "./bots.ts";
export { calls } from "./calls.ts";
export { deadLetters } from "./dead-letters.ts";
export { idempotencyKeys } from "./idempotency-keys.ts";
export { leads } from "./leads.ts";
export { ledgerPages } from "./ledger-pages.ts";
export { linkTokens } from "./link-tokens.ts";
export { persons } from "./persons.ts";
export { webUsers } from "./web-users.ts";
