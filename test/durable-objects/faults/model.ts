/** What goes wrong between us and Telegram. */
export const FAULTS = ["cut before", "cut after", "429", "500", "403", "slow", "nonsense"] as const;
/** Which message it strikes. */
export const PLACES = [
  "the first send",
  "the middle of a broadcast",
  "an answer in a dialog",
  "a callback's answer",
] as const;
/** What befalls us besides, while it does. */
export const MISHAPS = [
  "nothing besides",
  "the object evicted",
  "the consumer killed",
  "the queue's message twice",
] as const;

/** What goes wrong between us and Telegram. */
export type Fault = (typeof FAULTS)[number];
/** Which message it strikes. */
export type Place = (typeof PLACES)[number];
/** What befalls us besides. */
export type Mishap = (typeof MISHAPS)[number];

/** One case of the matrix. */
export interface Cell {
  readonly fault: Fault;
  readonly place: Place;
  readonly mishap: Mishap;
  /** Its number, for ids of its own. */
  readonly number: number;
}

/** Every fault at every place with every mishap. */
export const CELLS: readonly Cell[] = FAULTS.flatMap((fault) =>
  PLACES.flatMap((place) => MISHAPS.map((mishap) => ({ fault, place, mishap }))),
).map((cell, number) => ({ ...cell, number }));

/** What Telegram does with a request that it is struck at. */
interface Truth {
  /** Whether the message arrives all the same. */
  readonly takes: boolean;
  /** Whether its answer, where it comes, says plainly that nothing was sent, and that it may be tried again. */
  readonly mayBeRetried: boolean;
}

/** What is true of Telegram, whatever we make of it. */
const TRUTH: Readonly<Record<Fault, Truth>> = {
  "cut before": { takes: false, mayBeRetried: false },
  "cut after": { takes: true, mayBeRetried: false },
  "429": { takes: false, mayBeRetried: true },
  "500": { takes: false, mayBeRetried: true },
  // The person has blocked the bot.
  "403": { takes: false, mayBeRetried: false },
  // Thirty seconds later it takes the message; nobody waits for its answer any more.
  slow: { takes: true, mayBeRetried: false },
  nonsense: { takes: true, mayBeRetried: false },
};

/** Whether Telegram takes the message that a fault strikes. */
export function takes(fault: Fault): boolean {
  return TRUTH[fault].takes;
}

/** How a recipient of a call has to end. */
export interface RecipientEnd {
  /** How often the message is in their chat. */
  readonly arrived: number;
  /** State, and reason where there is one. */
  readonly ledger: string;
}

/** How those end whom nothing has struck. */
export const UNHARMED: RecipientEnd = { arrived: 1, ledger: "sent" };

/** How the one ends whose message was struck: none of the mishaps may change it. */
export function recipientEnd({ fault }: Cell): RecipientEnd {
  const { takes, mayBeRetried } = TRUTH[fault];
  if (mayBeRetried) return UNHARMED;
  if (fault === "403") return { arrived: 0, ledger: "blocked: channel-blocked" };
  return { arrived: takes ? 1 : 0, ledger: "uncertain: connection-lost" };
}

/** How a dialog has to end in which a person taps "reply" and writes an answer, and then asks for help. */
export interface DialogEnd {
  /** Which of the bot's messages are in the chat, in order. */
  readonly messages: readonly string[];
  /** How often the tap was acknowledged. */
  readonly acknowledged: number;
  /** Comments that the main system has got. */
  readonly comments: number;
  readonly ledger: string;
  /** Why a message that they waited for is missing, or may be: what the log says, or the lead's state. */
  readonly explained: string | null;
}

/** How the dialog of a cell has to end. */
export function dialogEnd({ fault, place, mishap }: Cell): DialogEnd {
  const { takes, mayBeRetried } = TRUTH[fault];
  // Whoever is killed has not heard the answer, and must not try again.
  const isRetried = mayBeRetried && mishap !== "the consumer killed";
  const arrives = takes || isRetried;
  const isAnswer = place === "an answer in a dialog";
  const whole = ["news", "question", "done", "help"];
  return {
    messages: isAnswer && !arrives ? whole.filter((message) => message !== "done") : whole,
    // An acknowledgement is a courtesy: it ends the button's waiting look, and is not tried again.
    acknowledged: isAnswer || takes ? 1 : 0,
    comments: 1,
    ledger: "answered",
    explained: isAnswer ? explanation(fault, isRetried, mishap) : null,
  };
}

function explanation(fault: Fault, isRetried: boolean, mishap: Mishap): string | null {
  if (isRetried) return null;
  return fault === "403" && mishap !== "the consumer killed" ? "lead blocked" : "message-uncertain";
}
