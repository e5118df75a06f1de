import { z } from "zod";
import { Media } from "../contract/media.ts";

/** What an open run waits for, and under which message. */
export const Prompt = z.object({
  /** The run's move that it belongs to: tells a button of an old prompt from one of this. */
  number: z.number(),
  /** The messenger's ids of the last messages of this run that a reply answers, newest first. */
  messageIds: z.array(z.string()),
  wait: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("ask"),
      to: z.string(),
      /** Names of the steps that the buttons lead to. */
      options: z.array(z.string()),
    }),
    z.object({ kind: z.literal("contact"), to: z.string() }),
    z.object({
      kind: z.literal("choose"),
      /** Names of the steps that the buttons lead to. */
      options: z.array(z.string()),
      /** The step that a reply to the message leads to, where the communication takes one. */
      reply: z.string().optional(),
    }),
  ]),
});

/** What an open run waits for, and under which message. */
export type Prompt = z.infer<typeof Prompt>;

/** What led to the step that is to be played. */
export const Input = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  /** Nobody's answer: a call, a sleep or a deadline that is over, a reminder. */
  z.object({
    kind: z.literal("time"),
    /** Whether the person asked to be shown it: their wish for quiet does not stand in its way then. */
    isAskedFor: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("contact"), phone: z.string(), own: z.boolean() }),
  z.object({ kind: z.literal("media"), media: Media }),
  /** Something else: a sticker, a game. */
  z.object({ kind: z.literal("other") }),
]);

/** What led to the step that is to be played. */
export type Input = z.infer<typeof Input>;

/** When a run goes on by itself, unless it was answered before, and at which step. */
export interface Wake {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly step: string;
}

/**
 * One run of a dialog in one conversation, at a step that is to be played: a snapshot, not a history, so its size
 * is bounded whatever the dialog does.
 */
export interface Run {
  /** Short and unique within the conversation: it stands in the buttons. */
  readonly runId: string;
  readonly alias: string;
  readonly step: string;
  /** The run's data as JSON text, of the dialog's `data` shape. */
  readonly data: string;
  /** Steps played so far: numbers prompts and effects, so that none is taken for another. */
  readonly moves: number;
  readonly input: Input;
  /** What the run waited for before; asked again where the answer has not the right shape. */
  readonly prompt: Prompt | null;
  /** The deadline of that. */
  readonly wake: Wake | null;
}

/** What is done in the transaction in which a step ends. */
export type Closing =
  | { readonly kind: "begin"; readonly alias: string; readonly data: string }
  | {
      readonly kind: "remind";
      readonly key: string;
      readonly alias: string;
      readonly data: string;
      /** Milliseconds since 1970. */
      readonly at: number;
    }
  | { readonly kind: "forget"; readonly key: string }
  | { readonly kind: "show-kept" }
  | { readonly kind: "drop-kept" };

/** What a step came to. */
export type StepEnd = (
  | { readonly kind: "waits"; readonly prompt: Prompt; readonly wake: Wake | null }
  | { readonly kind: "sleeps"; readonly wake: Wake }
  | { readonly kind: "goes-on"; readonly step: string }
  | { readonly kind: "ended" }
) & {
  /** The run's data from now on, as JSON text. */
  readonly data: string;
  readonly notes: StepNotes;
  /** In the order in which the step asked for them. */
  readonly closings: readonly Closing[];
};

/** What is to be known of a step beside its end; for the ledger. */
export interface StepNotes {
  /** A message was sent. */
  said: boolean;
  /** A message may or may not have arrived. */
  uncertain: boolean;
  /** The messenger could not fetch a picture; the text went alone. */
  pictureMissing: boolean;
}
