import { z } from "zod";
import type { Chat, Message, Wait } from "../../../dialogs/chat.ts";
import type { Time } from "../../../dialogs/time.ts";
import { variable } from "../../../dialogs/variable.ts";
import type { Standing } from "./standing.ts";
import { type Cause, stampOf, type Trace } from "./trace.ts";

/** What every run under fire carries: its name, how many steps are through, and on whose account it goes on. */
export const RunData = z.object({
  id: z.string(),
  n: z.number(),
  by: z.enum(["person", "itself", "failure"]),
  critical: z.boolean(),
});

/** What every run under fire carries. */
export type RunData = z.infer<typeof RunData>;

/** What the dialogs of one world under fire share. */
export interface Ground {
  readonly trace: Trace;
  readonly standing: Standing;
  /** Whether a dialog's own code fails now; asked once for each time. */
  breaks(): boolean;
}

/** How long an answer is waited for, and what the run carries on. */
interface Waiting {
  readonly options?: Readonly<Record<string, string>>;
  readonly reply?: string;
  readonly within?: { readonly hours: number };
  readonly late?: string;
  readonly data: RunData;
}

/** A chat whose steps are not known by name: a step under fire may stand in any dialog. */
export interface AnyChat extends Omit<Chat, "ask" | "choose" | "askContact" | "sleep" | "goto"> {
  ask(message: Message, to: string, more: Waiting): Wait;
  choose(message: Message, options: Readonly<Record<string, string>>, more: Waiting): Wait;
  askContact(message: Message, label: string, to: string, more: Waiting): Wait;
  sleep(time: Time, to: string, data: RunData): Wait;
  goto(step: string, data: RunData): Wait;
}

/** Keeps whatever it is given. */
export const mark = (name: string) => variable(name, z.string());

/** One step under fire: does what a step may do, and has it written down. */
export class Scene {
  readonly chat: AnyChat;
  readonly data: RunData;
  readonly answer: unknown;
  readonly #ground: Ground;
  readonly #done: Map<string, number>;
  #k = 0;

  /** @param done what was seen to its end already, in an earlier playing of the step, and how often the process had died by then */
  constructor(chat: AnyChat, { data, answer }: Turn, ground: Ground, done: Map<string, number>) {
    this.chat = chat;
    this.data = data;
    this.answer = answer;
    this.#ground = ground;
    this.#done = done;
  }

  /** What the next step begins with. */
  get next(): RunData {
    return { ...this.data, n: this.data.n + 1 };
  }

  /** What another run begins with that this one brings about: by itself where its time is yet to come. */
  child(name: string, more: Partial<RunData> = {}): RunData {
    return { ...this.data, id: `${this.data.id}-${name}${this.data.n}-${this.#nextK()}`, n: 0, ...more };
  }

  /** Words with a stamp, for a question. */
  words(text: string): string {
    return `[${this.#stamp()}] ${text}`;
  }

  async say(text: string, more: Partial<Exclude<Message, string>> = {}): Promise<void> {
    const stamp = this.#stamp();
    await this.chat.say({ text: `[${stamp}] ${text}`, ...more });
    this.#ground.trace.add({ kind: "said", stamp });
  }

  /** Says something that is too long for one message. */
  async saysMuch(): Promise<void> {
    const [first, second] = [this.#stamp(), this.#stamp()];
    await this.chat.say(`[${first}] ${"long ".repeat(900)} [${second}]`);
    for (const stamp of [first, second]) this.#ground.trace.add({ kind: "said", stamp });
  }

  /** Has the main system write something down. */
  async writes(): Promise<void> {
    const stamp = this.#stamp();
    await this.chat.system.addComment({ postId: "1", authorId: "127", text: stamp });
    this.#ground.trace.add({ kind: "written", stamp });
  }

  /** Looks something up in the main system. */
  async reads(): Promise<void> {
    const stamp = this.#stamp();
    await this.chat.system.post("1");
    this.#ground.trace.add({ kind: "read", stamp });
  }

  pause(time: Time | "forever"): Promise<void> {
    const { standing } = this.#ground;
    return this.#once(
      () => standing.changesPause(),
      () => this.chat.pause(time),
      (until) => standing.paused(until),
    );
  }

  async resume(): Promise<void> {
    const { standing } = this.#ground;
    if (this.chat.pausedUntil === null) return void (await this.chat.resume());
    await this.#once(
      () => standing.changesPause(),
      () => this.chat.resume(),
      () => standing.paused(null),
    );
  }

  handOver(): Promise<void> {
    const { standing } = this.#ground;
    return this.#once(
      () => standing.changesOperator(),
      () => this.chat.handOver(),
      () => standing.operator(true),
    );
  }

  async takeBack(): Promise<void> {
    const { standing } = this.#ground;
    if (!this.chat.withOperator) return;
    await this.#once(
      () => standing.changesOperator(),
      () => this.chat.takeBack(),
      () => standing.operator(false),
    );
  }

  async tag(name: string): Promise<void> {
    await this.chat.tag(name);
    this.#ground.standing.tagged(name);
  }

  async set(name: string): Promise<void> {
    await this.chat.set(mark(name), `${this.data.id}.${this.data.n}`);
    this.#ground.standing.knows(name);
  }

  /** Tells what was kept, when the step ends. */
  showKept(): void {
    this.chat.showKept();
    const { trace, standing } = this.#ground;
    trace.add({ kind: "asks-for-kept", silence: standing.silence });
  }

  /** A place where the dialog's own code may fail. */
  mayBreak(): void {
    if (this.#ground.breaks()) throw new TypeError("a mistake in a dialog");
  }

  /**
   * Changes how things stand. Seen to its end it is known; in a step that is played again it is no news, unless the
   * process has died since: then it may have been done once more, whatever came in between, and nobody can say.
   */
  async #once<T>(changes: () => void, act: () => Promise<T>, known: (value: T) => void): Promise<void> {
    const key = `${this.data.id}.${this.data.n}.${this.#nextK()}`;
    const { deaths } = this.#ground.standing;
    const doneAt = this.#done.get(key);
    if (doneAt !== deaths) changes();
    const value = await act();
    if (doneAt === undefined) known(value);
    this.#done.set(key, deaths);
  }

  #stamp(): string {
    return stampOf({ run: this.data.id, n: this.data.n }, this.#nextK());
  }

  #nextK(): number {
    this.#k += 1;
    return this.#k;
  }
}

interface Turn {
  readonly data: RunData;
  readonly answer?: unknown;
}

type Act = (scene: Scene) => Promise<Wait | undefined> | Promise<void>;

/** Makes steps that have themselves written down. */
export function stepsOn(ground: Ground) {
  const done = new Map<string, number>();
  return (step: string, act: Act, by?: Cause) =>
    async (chat: unknown, { data: given, answer }: Turn) => {
      const { trace, standing } = ground;
      const data = { ...given, by: by ?? given.by };
      const place = { run: data.id, n: data.n };
      const text = typeof answer === "string" ? answer : null;
      trace.add({
        kind: "plays",
        ...place,
        step,
        by: data.by,
        critical: data.critical,
        text,
        silence: standing.silence,
      });
      const wait = await act(new Scene(chat as AnyChat, { data, answer }, ground, done));
      trace.add({ kind: "ends", ...place });
      return wait ?? undefined;
    };
}

/** Gives a dialog that begins without being told anything a name of its own for each of its runs. */
export function naming<D extends { readonly initial: unknown }>(
  dialog: D,
  trace: Trace,
  name: string,
  by: Cause,
): D {
  const initial = { get: () => ({ id: trace.mint(name), n: 0, by, critical: false }), enumerable: true };
  return Object.defineProperty({ ...dialog }, "initial", initial);
}

/** What a run has before it is named. */
export const UNNAMED: RunData = { id: "", n: 0, by: "person", critical: false };
