import type { Sayable } from "../contract/words.ts";
import type { Wait } from "./chat.ts";
import type { Prompt, Wake } from "./run.ts";
import { laterMomentOf, momentOf } from "./time.ts";

/** A wait that asks the person something. */
export type Question = Extract<Wait, { kind: "ask" | "choose" | "contact" }>;

/** The buttons of a question, without those that have no label. */
export function labels(
  options: Readonly<Record<string, Sayable | undefined>>,
): Extract<Wait, { kind: "choose" }>["options"] {
  return Object.fromEntries(
    Object.entries(options).flatMap(([step, label]) => (label ? [[step, label]] : [])),
  );
}

/** What is kept of a question: where its answers lead, without its words. */
export function waitOf(wait: Question): Prompt["wait"] {
  switch (wait.kind) {
    case "contact":
      return { kind: "contact", to: wait.to };
    case "ask":
      return { kind: "ask", to: wait.to, options: Object.keys(wait.options) };
    case "choose": {
      const reply = wait.reply === undefined ? {} : { reply: wait.reply };
      return { kind: "choose", options: Object.keys(wait.options), ...reply };
    }
  }
}

/** The deadline of a question that was asked at `now` (milliseconds since 1970), if it has one. */
export function deadlineOf({ within, late }: Question, now: number, timeZone: string): Wake | null {
  return within && late !== undefined ? { at: momentOf(within, now, timeZone), step: late } : null;
}

/** When a sleep is over. */
export function wakeOf({ time, to }: Extract<Wait, { kind: "sleep" }>, now: number, timeZone: string): Wake {
  return { at: laterMomentOf(time, now, timeZone), step: to };
}
