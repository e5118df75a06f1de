import type { LineSource } from "../processes/child.ts";

/** Wrangler's own words about itself that help nobody who only wants to use the Worker. */
const NOISE = [
  /Logs were written to/,
  /Using (secrets|vars) defined in/,
  /Scheduled Workers are not automatically/,
];
/** The rest of a remark of several lines is indented. */
const REST_OF_REMARK = /^\s+\S/;
/** Frames of Wrangler's wrapping around the Worker, never of the Worker. */
const FOREIGN_FRAME = /\b(__facade_|fetchDispatcher|middleware-loader|wrangler\/templates)/;
const TROUBLE = /^\[wrangler:(error|warn)\] /;
const CONTINUATION = /^\s+at /;
/** Wrangler's `✘ [ERROR] ` and `▲ [WARNING] `, its marks for what the Worker wrote by console.error and .warn. */
const MARK = /^[✘▲] \[(ERROR|WARNING)\] /;

/** Picks warnings and errors from what a server writes, as they should be shown. Keeps state: one per server. */
export function troubleOnly(): (line: string, source: LineSource) => string | undefined {
  let inTrouble = false;
  let inNoise = false;
  return (line, source) => {
    inNoise =
      NOISE.some((noise) => noise.test(line)) || (inNoise && (line === "" || REST_OF_REMARK.test(line)));
    inTrouble = source === "stderr" || TROUBLE.test(line) || (inTrouble && CONTINUATION.test(line));
    if (!inTrouble || inNoise || line.trim() === "" || FOREIGN_FRAME.test(line)) return undefined;
    return line.replace(TROUBLE, "").replace(MARK, (_, kind: string) => `${kind.toLowerCase()}: `);
  };
}

/** Shows a server's warnings and errors on the terminal, each line after the server's name. */
export function showTrouble(name: string): (line: string, source: LineSource) => void {
  const pick = troubleOnly();
  return (line, source) => {
    const shown = pick(line, source);
    if (shown !== undefined) process.stderr.write(`${name.padEnd(8)} │ ${shown}\n`);
  };
}
