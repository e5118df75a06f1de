import type { z } from "zod";
import type { Barred, PersonProfile } from "../contract/lead.ts";
import type { PinProof } from "../contract/linking.ts";
import type { OutAttachment } from "../contract/media.ts";
import type { MainSystem, StartLink } from "../contract/ports.ts";
import type { Refusal } from "../contract/refusal.ts";
import type { SystemUser } from "../contract/system.ts";
import type { Language, Sayable, Words } from "../contract/words.ts";
import type { FormPage, PinLink, PinPage } from "./link-play.ts";
import type { Span, Time } from "./time.ts";
import type { Variable } from "./variable.ts";

/** A button under a message that opens a page, in the messenger itself too (`app`), or does what a command does. */
export type SayButton =
  | { readonly label: Sayable; readonly url: string }
  /** Address of a page that is made for that: it learns by itself who has opened it (`miniapp/identify`). */
  | { readonly label: Sayable; readonly app: string }
  | { readonly label: Sayable; readonly command: string };

/** A message of a step: a text alone, or with a picture, a file or a place, and buttons. */
export type Message =
  | Sayable
  | {
      readonly text: Sayable;
      /** Address of a picture, or the `fileId` of a photo. Where the messenger can't fetch it, the text goes alone. */
      readonly picture?: string | null;
      /** A file, by its address or its `fileId`, or a place; in place of a picture. A place goes after the text. */
      readonly attachment?: OutAttachment;
      /** Rows of buttons. */
      readonly buttons?: readonly (readonly SayButton[])[];
    };

/** A message that also takes away the keyboard that asked for the phone number; it has no room for buttons. */
export interface ClosingMessage {
  readonly text: Sayable;
  readonly picture?: string | null;
  readonly closeKeyboard: true;
}

/** What a step says. */
export type Saying = Message | ClosingMessage;

/** A function of the main system as a step calls it: without the key, which the player gives. */
type WithoutKey<F> = F extends (value: infer V, once: string) => infer R ? (value: V) => R : F;

/**
 * The main system as a step may use it. Each call is done once, though the step may run twice: its answer is kept
 * until the step ends.
 * @throws SystemUnavailable, SystemRefused: catch them to put them into your own words. A silence that is not caught
 * has the step tried again later, and the person told so; but not in a step that another went on to (`goto`), which
 * works in the background.
 */
export type ChatSystem = { readonly [Name in keyof MainSystem]: WithoutKey<MainSystem[Name]> };

/** Until when an answer is waited for, and the step that is played where none came by then. */
export interface Deadline<Step extends string> {
  readonly within: Span;
  readonly late: Step;
}

/** A deadline as it is kept in a wait. */
interface Late {
  readonly within?: Span | undefined;
  readonly late?: string | undefined;
}

/** What a step waits for when it returns; made by `chat.ask`, `choose`, `askContact`, `sleep` and `goto`. */
export type Wait =
  | ({
      readonly kind: "ask";
      readonly message: Message;
      readonly to: string;
      readonly options: Readonly<Record<string, Sayable>>;
      readonly data?: unknown;
    } & Late)
  | ({
      readonly kind: "choose";
      readonly message: Message;
      readonly options: Readonly<Record<string, Sayable>>;
      readonly reply?: string;
      readonly data?: unknown;
    } & Late)
  | ({
      readonly kind: "contact";
      readonly message: Message;
      readonly label: Sayable;
      readonly to: string;
      readonly data?: unknown;
    } & Late)
  | { readonly kind: "sleep"; readonly time: Time; readonly to: string; readonly data?: unknown }
  | { readonly kind: "goto"; readonly step: string; readonly data?: unknown };

/** Messages of one kind that came while the person wanted quiet. */
export interface KeptKind {
  readonly kind: Words<string>;
  readonly count: number;
}

/** A command of the bot, as it is listed. */
export interface ListedCommand {
  readonly command: string;
  readonly summary: Words<string>;
}

/** Any dialog that can be started by itself: a command, a reminder. */
export interface Startable<D extends z.ZodType = z.ZodType> {
  readonly alias: string;
  readonly data: D;
}

/** Any communication, by what a call of it must say. */
export interface Callable<P extends z.ZodType = z.ZodType> {
  readonly alias: string;
  readonly params: P;
}

/** A dialog that is to be started later, in this conversation. */
export interface Reminding<D extends z.ZodType> {
  /** Of two with one key the later replaces the earlier. */
  readonly key: string;
  readonly dialog: Startable<D>;
  readonly time: Time;
  readonly data: z.input<D>;
}

/**
 * A step's only way to the world. Whatever it does here happens once, though the step may run again after a crash;
 * so a step takes nothing from anywhere else: no clock, no dice, no fetch.
 *
 * `Step` are the names of the communication's steps, `Answered` of those that take an answer, `Data` what a run
 * carries from step to step.
 */
export interface Chat<Step extends string = string, Answered extends string = string, Data = unknown> {
  /** The id of this lead, by which a main system may address this chat (requirement 41). */
  readonly leadId: number;
  /** Who is signed in here, or `null` for a stranger. */
  readonly person: PersonProfile | null;
  /** Who is signed in here but blocked by an administrator: `person` is then `null`. */
  readonly barred: Barred | null;
  /** The step's own time, the same however often it is played: milliseconds since 1970. */
  readonly now: number;
  readonly language: Language;
  /** The name that the messenger knows the person by. */
  readonly firstName: string;
  /** Address of the site that people are sent to. */
  readonly siteUrl: string;
  /** The commands that this bot has, in the order of its maps. */
  readonly commands: readonly ListedCommand[];
  readonly system: ChatSystem;
  /** Sends a message. Too long a text goes as several. */
  say(message: Saying): Promise<void>;
  /**
   * Signs the person in as a user of the main system, at once; `null` where an administrator has blocked them
   * (`barred` says why). Tell the system with `system.connectBot`.
   */
  signIn(user: SystemUser): Promise<PersonProfile | null>;
  /**
   * Signs the person out, at once. True where this was their last chat, so that the account is unlinked: then tell
   * the system with `system.disconnectBot`.
   */
  signOut(): Promise<boolean>;
  /**
   * A link to a page of the site that names whoever is in this chat, and the PIN by which they prove it there
   * (requirement 44): both for them alone. A PIN before it is good no more.
   */
  link(page: PinPage): Promise<PinLink>;
  /**
   * Its address names whoever is in this chat for so long, and asks for no PIN (requirement 53): for forms that hurt
   * nobody who fills them in for somebody else. It opens nothing but that page.
   */
  link(page: FormPage): Promise<string>;
  /** Takes a link from the site for this chat: then sign in as that user. Taken again here, it is still good. */
  takeLink(token: string): Promise<StartLink>;
  /** Makes a code by which the person proves a phone; its name, or `null` where too many were asked for. */
  openCode(): Promise<string | null>;
  /**
   * Sends a code to a phone (E.164). Whether it went out is not told.
   * @param code its name
   */
  sendCode(code: string, phone: string, text: (code: string) => Words<string>): Promise<void>;
  /** What the code comes to that the person typed. */
  checkCode(typed: string): Promise<PinProof>;
  /** Whether this bot can send codes by SMS. */
  readonly hasSms: boolean;
  /** Labels of this lead, which audiences by rule can name: `{"tag": "news"}`. */
  readonly tags: readonly string[];
  /** Adds labels, at once. @throws BrokenData beyond 50 of 64 characters */
  tag(...names: readonly string[]): Promise<void>;
  /** Takes labels away, at once. */
  untag(...names: readonly string[]): Promise<void>;
  /** What is kept of this lead, or `null`. */
  get<T extends z.ZodType>(variable: Variable<T>): z.output<T> | null;
  /** Keeps something of this lead, at once; `null` forgets it. @throws BrokenData beyond 100 of them, or 16 KB */
  set<T extends z.ZodType>(variable: Variable<T>, value: z.input<T> | null): Promise<void>;
  /**
   * Keeps from this chat, at once, whatever is not critical and that nobody here asked for, until then or until
   * `resume`. @returns the moment, for `inWords`
   */
  pause(until: Time | "forever"): Promise<number>;
  /** Ends a pause, at once. True where there was one. */
  resume(): Promise<boolean>;
  /** Until when this chat is paused: milliseconds since 1970, `FOREVER`, or `null` where it is not. */
  readonly pausedUntil: number | null;
  /** A moment as a person says it, in their language and the bot's time zone: "14:30", "завтра, 09:00". */
  inWords(moment: number): string;
  /** Whether an operator speaks here. */
  readonly withOperator: boolean;
  /** Hands the chat over to an operator, at once: the bot is silent in it until `takeBack`. */
  handOver(): Promise<void>;
  /** Takes the chat back from the operator, at once. True where there was one. */
  takeBack(): Promise<boolean>;
  /** What came while the person wanted quiet, by kind, as it was when the step began. */
  readonly kept: readonly KeptKind[];
  /** When this step ends: tells what was kept, in the order in which it came. */
  showKept(): void;
  /** When this step ends: forgets what was kept; the ledger says `expired`, `not-wanted`. */
  dropKept(): void;
  /** When this step ends: starts another dialog in this chat. */
  begin<D extends z.ZodType>(dialog: Startable<D>, data: z.input<D>): void;
  /** When this step ends: plans a dialog of this chat; of two with one key the later replaces the earlier. */
  remind<D extends z.ZodType>(reminding: Reminding<D>): void;
  /** When this step ends: the reminder of this key, if it is still to come, does not come any more. */
  forget(key: string): void;
  /**
   * Makes a call, as the main system would: to one user or to many, now or at a time to come.
   * @returns why not, where it is refused
   */
  call<P extends z.ZodType>(
    communication: Callable<P>,
    params: z.input<P>,
    more?: { readonly time?: Time },
  ): Promise<Refusal | null>;
  /**
   * Return this: asks, and goes on at `to` with the answer once it has the shape that `answers` gives it. `options`
   * are buttons, each leading to the step of its name, for those who would rather not answer.
   */
  ask(
    message: Message,
    to: Answered,
    more?: {
      readonly options?: Readonly<Partial<Record<Exclude<Step, Answered>, Sayable>>>;
      readonly data?: Data;
    } & Partial<Deadline<Exclude<Step, Answered>>>,
  ): Wait;
  /**
   * Return this: offers buttons, each leading to the step of its name. With `reply`, a reply to the message leads to
   * that step, as an answer.
   */
  choose(
    message: Message,
    options: Readonly<Partial<Record<Exclude<Step, Answered>, Sayable>>>,
    more?: { readonly reply?: Answered; readonly data?: Data } & Partial<Deadline<Exclude<Step, Answered>>>,
  ): Wait;
  /** Return this: asks for the person's own phone number with a button, and goes on at `to` with it (E.164). */
  askContact(
    message: Message,
    label: Sayable,
    to: Answered,
    more?: { readonly data?: Data } & Partial<Deadline<Exclude<Step, Answered>>>,
  ): Wait;
  /**
   * Return this: goes on at a step when its time has come. What is not critical waits on through quiet hours and a pause.
   */
  sleep(time: Time, to: Exclude<Step, Answered>, data?: Data): Wait;
  /** Return this: goes on at another step at once; it can't be one that takes an answer. */
  goto(step: Exclude<Step, Answered>, data?: Data): Wait;
}
