import type { Outcome } from "../../../contract/delivery.ts";

/**
 * On whose account a step is played: the person waits for it, it comes by itself, or it tells of something that failed.
 */
export type Cause = "person" | "itself" | "failure";

/** What keeps a bot from speaking by itself. */
export interface Silence {
  /** Until when the person wants quiet; milliseconds since 1970. */
  readonly pausedUntil: number | null;
  readonly withOperator: boolean;
  /** Whether it is within the bot's quiet hours, whatever settings the conversation knows. */
  readonly isNight: boolean;
}

/** Where a run is: its name, and how many of its steps were through before. */
export interface Place {
  readonly run: string;
  readonly n: number;
}

/** What a conversation keeps. */
export interface Sizes {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Characters of all values together. */
  readonly characters: number;
}

/** What is left when all is calm. */
export interface Rest {
  /** Updates that are not handled. */
  readonly unheard: number;
  /** Runs whose step is to be played, but for those that an endless silence keeps back. */
  readonly due: number;
  /** Runs that neither wait for an answer, nor sleep, nor are to be played. */
  readonly lost: number;
  readonly kept: number;
  /** Whether something is planned that no silence keeps back. */
  readonly isPlanned: boolean;
  readonly wakesAt: number | null;
}

/** What is known of a lead. */
export interface Traits {
  readonly tags: readonly string[];
  /** Names of the variables. */
  readonly variables: readonly string[];
  readonly isPausedForever: boolean;
  readonly withOperator: boolean;
}

/** What has to be known of them after all that happened; `null` where nobody can say. */
export interface Rightly {
  /** Those that were given and never taken away. */
  readonly tags: readonly string[];
  readonly variables: readonly string[];
  readonly isPausedForever: boolean | null;
  readonly withOperator: boolean | null;
}

/** Something that happened in a conversation under fire. */
export type TraceEvent =
  /** Somebody or something did this; for the reader. */
  | { readonly kind: "deed"; readonly what: string }
  /**
   * An update came for the first time. `text`: what was typed, each text once. `command`: what was asked for. `step`:
   * where the button leads that was tapped. `under`: the stamp of the message that was tapped or replied to.
   */
  | {
      readonly kind: "arrives";
      readonly update: number;
      readonly text: string | null;
      readonly command: string | null;
      readonly step: string | null;
      readonly under: string | null;
    }
  | ({
      readonly kind: "plays";
      readonly step: string;
      readonly by: Cause;
      readonly critical: boolean;
      /** The text that is answered. */
      readonly text: string | null;
      readonly silence: Silence;
    } & Place)
  /** The step's own code is through. */
  | ({ readonly kind: "ends" } & Place)
  /** For the step this was said, whatever became of it. */
  | { readonly kind: "said"; readonly stamp: string }
  /** A message is about to leave; `came` follows unless the process dies. */
  | { readonly kind: "leaves"; readonly stamps: readonly string[]; readonly silence: Silence }
  | {
      readonly kind: "came";
      readonly stamps: readonly string[];
      readonly result: "sent" | "uncertain" | "not" | "never";
    }
  /** The process dies: what it knew and had not written down is gone. */
  | { readonly kind: "dies" }
  /** The person sees a message. */
  | { readonly kind: "shows"; readonly stamps: readonly string[]; readonly text: string }
  /** The main system did what a step asked for. */
  | { readonly kind: "writes"; readonly stamp: string }
  /** For the step that was done, or looked up. */
  | { readonly kind: "written" | "read"; readonly stamp: string }
  /** What tips are about is there, or gone: they are needless then. */
  | { readonly kind: "post"; readonly isThere: boolean }
  /** The person asked for what was kept; a pause or an operator after that takes it back. */
  | { readonly kind: "asks-for-kept"; readonly silence: Silence }
  /** A delivery was handed over. */
  | { readonly kind: "handed"; readonly run: string; readonly outcome: Outcome }
  /** Nobody may be told of it any more, unless something of it has left. */
  | { readonly kind: "called-off"; readonly run: string }
  /** A turn is over: when it is to be woken next. */
  | { readonly kind: "rests"; readonly wakesAt: number | null; readonly isWork: boolean }
  /** Woken over and over, it finds ever more to do. */
  | { readonly kind: "spins" }
  | ({ readonly kind: "sizes" } & Sizes)
  | ({ readonly kind: "calm" } & Rest)
  /** At the very end: what the ledger says of a delivery. */
  | { readonly kind: "settled"; readonly run: string; readonly outcome: Outcome }
  /** At the very end: what is known of the lead in the conversation, in the directory, and by rights. */
  | {
      readonly kind: "lead";
      readonly here: Traits;
      readonly there: Traits;
      readonly rightly: Rightly;
    };

/** An event and when it was; milliseconds since 1970. */
export type Traced = TraceEvent & { readonly at: number };

/** What happened, in order. */
export class Trace {
  readonly events: Traced[] = [];
  readonly #now: () => number;
  readonly #minted = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  add(event: TraceEvent): void {
    this.events.push({ ...event, at: this.#now() });
  }

  /** A name for a new run of a dialog, that no other has. */
  mint(dialog: string): string {
    const number = (this.#minted.get(dialog) ?? 0) + 1;
    this.#minted.set(dialog, number);
    return `${dialog}${number}`;
  }
}

/** What a message carries so that it is known when it is seen: which run said it, at which step, and as which of its messages. */
export function stampOf({ run, n }: Place, k: number): string {
  return `${run}.${n}.${k}`;
}

/** The stamps in a text. */
export function stampsIn(text: string): readonly string[] {
  return [...text.matchAll(/\[([\w-]+\.\d+\.\d+)\]/g)].map(([, stamp]) => stamp ?? "");
}

/** A stamp taken apart. */
export function partsOf(stamp: string): Place & { readonly k: number } {
  const [run = "", n, k] = stamp.split(".");
  return { run, n: Number(n), k: Number(k) };
}
