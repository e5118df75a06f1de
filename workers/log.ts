import type { Log } from "../contract/ports.ts";

/** Writes one line of JSON: what happened, and with which ids. Texts of people and secrets never come here. */
export const writeLog: Log = (event, facts) => {
  console.log(JSON.stringify({ event, ...facts }));
};
