import type { z } from "zod";
import type { Audience, LeadsTold } from "../contract/call.ts";
import type { FoundChange, PersonChange } from "../contract/person-change.ts";
import type { MainSystem } from "../contract/ports.ts";
import type { Refusal } from "../contract/refusal.ts";
import type { Words } from "../contract/words.ts";
import type { Chat, Wait } from "./chat.ts";
import type { MapRow } from "./map-row.ts";

/** The shape of the answer that a step takes, and what to say to somebody whose answer has another. */
export interface AnswerShape<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly again: Words;
}

/** The shape of an answer; `again` asks once more, kindly, and says how. */
export function answer<T extends z.ZodType>(schema: T, again: Words): AnswerShape<T> {
  return { schema, again };
}

/** The answers that steps take, by the step's name. */
type Answers = Readonly<Record<string, AnswerShape>>;

/** What a step gets beside `chat`: the run's data, and the answer where the step takes one. */
interface Turn<Data, Answer> {
  readonly data: Data;
  readonly answer: Answer;
}

/** A step: says, asks the main system, and returns what it waits for, or nothing to end the dialog. */
type Step<Names extends string, A extends Answers, Data, Answer> = (
  chat: Chat<Names, keyof A & string, Data>,
  turn: Turn<Data, Answer>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a step that ends the dialog simply does not return anything
) => Promise<Wait | void>;

/** The steps of a dialog by name; a run begins at `start`. */
type Steps<Names extends string, A extends Answers, Data> = {
  readonly [Name in Names]: Step<
    Names,
    A,
    Data,
    Name extends keyof A ? z.output<A[Name]["schema"]> : undefined
  >;
} & { readonly start: unknown };

/** What a `prepare` returns where the call has done all there is to do, and nobody is to be told. */
export const NOBODY = Symbol("nobody");

/** A dialog that a call of the main system starts with its audience. */
interface CommunicationDefinition<
  P extends z.ZodType,
  D extends z.ZodType,
  A extends Answers,
  Names extends string,
> {
  /** The endpoint's name in the URL, with slashes. */
  readonly alias: string;
  /** One line for the API page. */
  readonly summary: string;
  readonly map: MapRow;
  /** An example call for the API page, that works against the demo data. */
  readonly example: z.input<P>;
  /** What the call must send; a `strictObject`, so that a misspelt name is told. */
  readonly params: P;
  /** What a run carries from step to step; checked when a run wakes, so old data can't crash new code. */
  readonly data: D;
  /** Whether it goes before others, and to those who want quiet too. Not unless it says so. */
  readonly critical?: boolean;
  /** Whether the house alone starts it, so that it has no endpoint. Not unless it says so. */
  readonly isInternal?: boolean;
  /** Whether it is told while an operator speaks in the chat. Not unless it says so, or is critical. */
  readonly evenWithOperator?: boolean;
  /** Of a person with several leads: whether the one where they were last active is told, as usual, or all. */
  readonly leads?: LeadsTold;
  /** What these messages are called where several are counted: "New posts". */
  readonly kind?: Words<string>;
  /** Of a call that changes what is known of a user: what it changes. The chats that it finds are told. */
  change?(params: z.output<P>): PersonChange;
  /**
   * Whom the call tells: `users`, `matching`, or `told` for parameters that name either. A rule reaches strangers only
   * where it is told to. There where there is no `change`.
   */
  audience?(params: z.output<P>): Audience;
  /**
   * Gets what the steps need: once a call, however many are told; or says that nobody is to be told (`NOBODY`).
   * @param found of a call with a `change`: what it comes to
   */
  prepare(
    params: z.output<P>,
    system: MainSystem,
    found: FoundChange,
  ): Promise<z.input<D> | Refusal | typeof NOBODY>;
  /** What the caller is told beside `success`, of a call with a `change`. */
  answer?(found: FoundChange): Readonly<Record<string, unknown>>;
  /**
   * The data as it is by now, for somebody who is told later than others because they wanted quiet; `null` where there
   * is nothing to tell any more.
   */
  refresh?(data: z.output<D>, system: MainSystem): Promise<z.input<D> | null>;
  /** Keys of reminders that are needless from the moment on at which this arrives, though it may be told later. */
  forgets?(data: z.output<D>): readonly string[];
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** A dialog that a person starts with a command, "/menu". */
interface CommandDefinition<D extends z.ZodType, A extends Answers, Names extends string> {
  /** The command's name without the slash. */
  readonly command: string;
  /** Whether it is heard while an operator speaks in the chat. Not unless it says so: the bot is silent then. */
  readonly evenWithOperator?: boolean;
  /** What the messenger's list of commands says of it. */
  readonly summary: Words<string>;
  readonly data: D;
  /** The data that a run begins with. */
  readonly initial: z.input<D>;
  /** Where `start` is among them, it takes what was written after the command; empty, where nothing was. */
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** What a conversation does by itself, and each bot may put into words of its own. */
export const OCCASIONS = [
  /** A step has to wait for the main system. */
  "later",
  /** Somebody answers again what is still busy with their answer before. */
  "busy",
  /** A run could not be brought to its end. */
  "sorry",
  /** A run woke at a step, or with data, that today's code does not have any more. */
  "changed",
  /** The time of a pause is over. */
  "resumed",
  /** The first message of somebody whose account was deleted. */
  "deleted",
  /** Nothing waits for what was written; `start` may take it as an answer. */
  "unmatched",
  /** Something was written to the operator; `start` takes it as an answer. */
  "to-operator",
] as const;

/** What a conversation does by itself. */
export type Occasion = (typeof OCCASIONS)[number];

/** A dialog that a conversation starts by itself. */
interface OccasionDefinition<D extends z.ZodType, A extends Answers, Names extends string> {
  readonly on: Occasion;
  readonly data: D;
  readonly initial: z.input<D>;
  /**
   * Whether of several in one chat that work on with `goto` the later waits for the earlier, say while the main system is
   * silent. Not unless it says so: one that fails for a day keeps the others waiting.
   */
  readonly inOrder?: boolean;
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** A dialog that another one plans with `chat.remind`, or starts with `chat.begin`. */
interface ReminderDefinition<D extends z.ZodType, A extends Answers, Names extends string> {
  /** Unique among all dialogs: "cart/reminder". */
  readonly name: string;
  readonly data: D;
  /** Whether it goes through quiet hours and a pause. Not unless it says so. */
  readonly critical?: boolean;
  /** Whether it is still needed, asked when its time has come; always where absent. */
  condition?(chat: Chat, data: z.output<D>): Promise<boolean>;
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** A dialog as the runner sees it, whatever its own types are: they were checked where it was defined. */
export interface AnyDialog {
  /** The communication's alias, the command with its slash, or the occasion's or reminder's name with "~": unique among all. */
  readonly alias: string;
  readonly data: z.ZodType;
  /** Whether what it says by itself goes through quiet hours and a pause. */
  readonly critical: boolean;
  readonly answers: Answers;
  /** Asked before its first step, where it is there. */
  condition?(chat: Chat, data: unknown): Promise<boolean>;
  /** As of a communication, where it is there. */
  refresh?(data: unknown, system: MainSystem): Promise<unknown>;
  /** As of a communication, where it is there. */
  forgets?(data: unknown): readonly string[];
  /** As of a communication, or of a command. */
  readonly evenWithOperator?: boolean;
  /** As of an occasion. */
  readonly inOrder?: boolean;
  /** Whether a call of it changes a user. */
  readonly change?: unknown;
  /** What its messages are called where several are counted. */
  readonly kind?: Words<string>;
  readonly steps: ReadonlyMap<
    string,
    (chat: Chat, turn: Turn<unknown, unknown>) => Promise<Wait | undefined>
  >;
}

/** A communication as the API sees it; `P` is the shape of its parameters, `params` below is what that returned. */
export interface AnyCommunication<P extends z.ZodType = z.ZodType> extends AnyDialog {
  readonly summary: string;
  readonly map: MapRow;
  readonly example: unknown;
  readonly params: P;
  readonly leads: LeadsTold;
  /** Whether it has no endpoint: the house alone starts it. */
  readonly isInternal: boolean;
  /** What the call changes of a user; where it is there, the chats that it finds are told. */
  change?(params: unknown): PersonChange;
  /** Whom the call tells; there where there is no `change`. */
  audience?(params: unknown): Audience;
  /** What the steps need, why not (`Refusal`), or `NOBODY`. */
  prepare(params: unknown, system: MainSystem, found: FoundChange): Promise<unknown>;
  /** What the caller is told beside `success`. */
  answer?(found: FoundChange): Readonly<Record<string, unknown>>;
}

/** A command as the menu of commands sees it. */
export interface AnyCommand<D extends z.ZodType = z.ZodType> extends AnyDialog {
  readonly data: D;
  readonly command: string;
  readonly summary: Words<string>;
  readonly initial: unknown;
}

/** What a conversation says by itself on an occasion. */
export interface AnyOccasion extends AnyDialog {
  readonly on: Occasion;
  readonly initial: unknown;
}

/** A dialog that another one plans or starts. */
export interface AnyReminder<D extends z.ZodType = z.ZodType> extends AnyDialog {
  readonly data: D;
}

/** Defines a communication: its endpoint, its row in the map, whom it tells, and its dialog. */
export function communication<
  P extends z.ZodType,
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: CommunicationDefinition<P, D, A, Names>): AnyCommunication<P> {
  const { answers = {}, critical = false, isInternal = false, leads = "recent", steps, ...rest } = definition;
  const own = { answers, critical, isInternal, leads, steps: byName(steps) };
  return { ...(rest as unknown as AnyCommunication<P>), ...own };
}

/** Defines what a conversation says by itself on an occasion. */
export function occasion<
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: OccasionDefinition<D, A, Names>): AnyOccasion {
  const { answers, steps, ...rest } = definition;
  const alias = `~${definition.on}`;
  return { ...rest, alias, critical: false, answers: answers ?? {}, steps: byName(steps) };
}

/** Defines a dialog that another one plans with `chat.remind`, or starts with `chat.begin`. */
export function reminder<
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: ReminderDefinition<D, A, Names>): AnyReminder<D> {
  const { answers, steps, name, critical = false, ...rest } = definition;
  const dialog = rest as unknown as AnyReminder<D>;
  return { ...dialog, alias: `~${name}`, critical, answers: answers ?? {}, steps: byName(steps) };
}

/** Defines a command: a dialog that a person starts by "/" and its name. */
export function command<
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: CommandDefinition<D, A, Names>): AnyCommand<D> {
  const { answers, steps, ...rest } = definition;
  const alias = `/${definition.command}`;
  return { ...rest, alias, critical: false, answers: answers ?? {}, steps: byName(steps) };
}

/** A map, so that a name that comes from outside finds steps alone, and nothing an object inherits. */
function byName(steps: object): AnyDialog["steps"] {
  return new Map(Object.entries(steps));
}
