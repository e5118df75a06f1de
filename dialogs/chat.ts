import type { PersonProfile } from "../contract/lead.ts";
import type { NewComment, NewUser, Post, SystemUser, UserKey } from "../contract/system.ts";
import type { Language, Sayable } from "../contract/words.ts";

/** A button under a message that opens a page or does what a command does. */
export type SayButton =
  | { readonly label: Sayable; readonly url: string }
  | { readonly label: Sayable; readonly command: string };

/** A message of a step: a text alone, or with a picture and buttons. */
export type Message =
  | Sayable
  | {
      readonly text: Sayable;
      /** Address of a picture. Where the messenger can't fetch it, the text goes alone. */
      readonly picture?: string | null;
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

/**
 * The main system as a step may use it. Each call is done once, though the step may run twice: its answer is kept
 * until the step ends.
 * @throws SystemUnavailable, SystemRefused: catch them to put them into your own words. A silence that is not caught
 * has the step tried again later, and the person told so; but not in a step that another went on to (`goto`), which
 * works in the background.
 */
export interface ChatSystem {
  user(by: UserKey): Promise<SystemUser | null>;
  registerUser(user: NewUser): Promise<{ readonly userId: string }>;
  connectBot(userId: string): Promise<void>;
  disconnectBot(userId: string): Promise<void>;
  post(postId: string): Promise<Post | null>;
  addComment(comment: NewComment): Promise<{ readonly commentId: string }>;
}

/** What a step waits for when it returns; made by `chat.ask`, `choose`, `askContact` and `goto`. */
export type Wait =
  | {
      readonly kind: "ask";
      readonly message: Message;
      readonly to: string;
      readonly options: Readonly<Record<string, Sayable>>;
      readonly data?: unknown;
    }
  | {
      readonly kind: "choose";
      readonly message: Message;
      readonly options: Readonly<Record<string, Sayable>>;
      readonly reply?: string;
      readonly data?: unknown;
    }
  | {
      readonly kind: "contact";
      readonly message: Message;
      readonly label: Sayable;
      readonly to: string;
      readonly data?: unknown;
    }
  | { readonly kind: "goto"; readonly step: string; readonly data?: unknown };

/**
 * A step's only way to the world. Whatever it does here happens once, though the step may run again after a crash;
 * so a step takes nothing from anywhere else: no clock, no dice, no fetch.
 *
 * `Step` are the names of the communication's steps, `Answered` of those that take an answer, `Data` what a run
 * carries from step to step.
 */
export interface Chat<Step extends string = string, Answered extends string = string, Data = unknown> {
  /** Who is signed in here, or `null` for a stranger. */
  readonly person: PersonProfile | null;
  readonly language: Language;
  /** The name that the messenger knows the person by. */
  readonly firstName: string;
  /** Address of the site that people are sent to. */
  readonly siteUrl: string;
  readonly system: ChatSystem;
  /** Sends a message. Too long a text goes as several. */
  say(message: Saying): Promise<void>;
  /** Signs the person in as a user of the main system, at once. Tell the system with `system.connectBot`. */
  signIn(user: SystemUser): Promise<PersonProfile>;
  /**
   * Signs the person out, at once. True where this was their last chat, so that the account is unlinked: then tell
   * the system with `system.disconnectBot`.
   */
  signOut(): Promise<boolean>;
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
    },
  ): Wait;
  /**
   * Return this: offers buttons, each leading to the step of its name. With `reply`, a reply to the message leads to
   * that step, as an answer.
   */
  choose(
    message: Message,
    options: Readonly<Partial<Record<Exclude<Step, Answered>, Sayable>>>,
    more?: { readonly reply?: Answered; readonly data?: Data },
  ): Wait;
  /** Return this: asks for the person's own phone number with a button, and goes on at `to` with it (E.164). */
  askContact(message: Message, label: Sayable, to: Answered, data?: Data): Wait;
  /** Return this: goes on at another step at once; it can't be one that takes an answer. */
  goto(step: Exclude<Step, Answered>, data?: Data): Wait;
}
