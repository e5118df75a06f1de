import type { z } from "zod";
import type { Audience, LeadsTold } from "../contract/call.ts";
import type { MainSystem } from "../contract/ports.ts";
import type { Refusal } from "../contract/refusal.ts";
import type { Words } from "../contract/words.ts";
import type { Chat, Wait } from "./chat.ts";

/** A row of the communication map (requirement 19). */
export interface MapRow {
  readonly section: string;
  readonly event: string;
  readonly notify: string;
}

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
  /** Of a person with several leads: whether the one where they were last active is told, as usual, or all. */
  readonly leads?: LeadsTold;
  /** Whom the call tells: `users`, `matching`, or `told` for parameters that name either. A rule reaches strangers only where it is told to. */
  audience(params: z.output<P>): Audience;
  /** Gets what the steps need: once a call, however many are told. */
  prepare(params: z.output<P>, system: MainSystem): Promise<z.input<D> | Refusal>;
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** A dialog that a person starts with a command, "/menu". */
interface CommandDefinition<D extends z.ZodType, A extends Answers, Names extends string> {
  /** The command's name without the slash. */
  readonly command: string;
  /** What the messenger's list of commands says of it. */
  readonly summary: Words<string>;
  readonly data: D;
  /** The data that a run begins with. */
  readonly initial: z.input<D>;
  readonly answers?: A;
  readonly steps: Steps<Names, A, z.output<D>>;
}

/** A dialog as the runner sees it, whatever its own types are: they were checked where it was defined. */
export interface AnyDialog {
  /** The communication's alias, or the command with its slash: unique among all. */
  readonly alias: string;
  readonly data: z.ZodType;
  readonly answers: Answers;
  readonly steps: ReadonlyMap<
    string,
    (chat: Chat, turn: Turn<unknown, unknown>) => Promise<Wait | undefined>
  >;
}

/** A communication as the API sees it. */
export interface AnyCommunication extends AnyDialog {
  readonly summary: string;
  readonly map: MapRow;
  readonly example: unknown;
  readonly params: z.ZodType;
  readonly critical: boolean;
  readonly leads: LeadsTold;
  /** Whom the call tells; `params` as `this.params` returned them. */
  audience(params: unknown): Audience;
  /** What the steps need, or why not; `params` as `this.params` returned them. */
  prepare(params: unknown, system: MainSystem): Promise<unknown>;
}

/** A command as the menu of commands sees it. */
export interface AnyCommand extends AnyDialog {
  readonly command: string;
  readonly summary: Words<string>;
  readonly initial: unknown;
}

/** Defines a communication: its endpoint, its row in the map, whom it tells, and its dialog. */
export function communication<
  P extends z.ZodType,
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: CommunicationDefinition<P, D, A, Names>): AnyCommunication {
  const { answers = {}, critical = false, leads = "recent", steps, ...rest } = definition;
  return { ...(rest as unknown as AnyCommunication), answers, critical, leads, steps: byName(steps) };
}

/** Defines a command: a dialog that a person starts by "/" and its name. */
export function command<
  D extends z.ZodType,
  Names extends string,
  const A extends Answers = Record<never, never>,
>(definition: CommandDefinition<D, A, Names>): AnyCommand {
  const { answers, steps, ...rest } = definition;
  return { ...rest, alias: `/${definition.command}`, answers: answers ?? {}, steps: byName(steps) };
}

/** A map, so that a name that comes from outside finds steps alone, and nothing an object inherits. */
function byName(steps: object): AnyDialog["steps"] {
  return new Map(Object.entries(steps));
}
