import { ChannelUncertain, PictureRefused } from "../contract/channel-errors.ts";
import { BrokenData, SystemUnavailable } from "../contract/errors.ts";
import type { LeadProfile, PersonProfile } from "../contract/lead.ts";
import type { OutMessage } from "../contract/message.ts";
import type { Channel, MainSystem } from "../contract/ports.ts";
import type { SystemUser } from "../contract/system.ts";
import type { Sayable } from "../contract/words.ts";
import { readAnswer } from "./answer.ts";
import type { Chat, Saying, Wait } from "./chat.ts";
import { chatSystem } from "./chat-system.ts";
import type { AnyDialog } from "./communication.ts";
import { compose, composePrompt } from "./compose.ts";
import { type EffectLog, Effects } from "./effects.ts";
import type { Prompt, Run, StepEnd, StepNotes } from "./run.ts";

/** Most characters of JSON that a run may carry from step to step: many of them live in one conversation. */
export const MOST_DATA = 64 * 1024;

/** How many of a run's messages a reply is looked for among. */
const MOST_MESSAGES = 8;

/** What the steps of one conversation reach. */
export interface Reach {
  readonly lead: LeadProfile;
  readonly siteUrl: string;
  readonly channel: Pick<Channel, "pieces">;
  /** Takes the right to send one message now. @throws ChannelPaced where that is not yet */
  permit(): Promise<void>;
  /** Sends to this conversation's chat; as `Channel.send`. */
  send(piece: OutMessage): Promise<{ readonly messageId: string }>;
  readonly system: MainSystem;
  /** Signs in, here and in the directory; done twice, it is done once. */
  signIn(user: SystemUser): Promise<PersonProfile>;
  /** Signs this person out likewise; true where the account was unlinked. */
  signOut(person: PersonProfile): Promise<boolean>;
  /** A name for this run that no other run of any conversation has: part of the keys of idempotent requests. */
  readonly onceKey: string;
}

/** What became of one message. */
type SendResult = { readonly messageId: string } | { readonly lost: "uncertain" | "picture" };

/**
 * Plays the step that a run is at, to its end. Played again after a crash with the same `log`, it repeats no
 * effect. An answer that has not the step's shape is asked for again, and the step is not played.
 *
 * @throws ChannelBusy, ChannelPaced, ChannelDown, SystemUnavailable: play it again later; ChannelBlocked, ChannelGone,
 * ChannelRefused, BrokenData, and whatever the step's own code throws: the run can't go on.
 */
export async function playStep(dialog: AnyDialog, run: Run, reach: Reach, log: EffectLog): Promise<StepEnd> {
  const play = new StepPlay(run, reach, new Effects(log));
  const data = readData(dialog, run.data);
  const step = dialog.steps.get(run.step);
  if (!step) throw new BrokenData(`${dialog.alias} has no step "${run.step}"`);

  const shape = dialog.answers[run.step];
  if (!shape)
    return play.end(await play.guarded(() => step(play.chat, { data, answer: undefined })), run.data);

  const read = readAnswer(run.input, shape, run.prompt?.wait.kind === "contact");
  if (read.ok)
    return play.end(await play.guarded(() => step(play.chat, { data, answer: read.value })), run.data);
  return play.askAgain(read.again);
}

/** The run's data in the shape of today's code. */
function readData(dialog: AnyDialog, json: string): unknown {
  const read = dialog.data.safeParse(JSON.parse(json));
  if (!read.success) throw new BrokenData(`The data of a run of ${dialog.alias} has not its shape`);
  return read.data;
}

/** Data as it is carried on. @throws BrokenData where it is too large */
export function carried(data: unknown): string {
  const json = JSON.stringify(data ?? {});
  if (json.length > MOST_DATA) throw new BrokenData(`A run may carry ${MOST_DATA} characters of data`);
  return json;
}

/** One playing of one step: what its chat does, and what comes of it. */
class StepPlay {
  readonly chat: Chat;
  readonly #run: Run;
  readonly #reach: Reach;
  readonly #effects: Effects;
  readonly #notes: StepNotes = { uncertain: false, pictureMissing: false };
  #person: PersonProfile | null;

  constructor(run: Run, reach: Reach, effects: Effects) {
    this.#run = run;
    this.#reach = reach;
    this.#effects = effects;
    this.#person = effects.beganWith(reach.lead.person);
    this.chat = this.#chatFor();
  }

  /** Runs the step's own code. Where it does not catch a silence of the system, that is asked again. */
  async guarded(step: () => Promise<Wait | undefined>): Promise<Wait | undefined> {
    try {
      return await step();
    } catch (error) {
      if (error instanceof SystemUnavailable) this.#effects.forgetSilence();
      throw error;
    }
  }

  async end(wait: Wait | undefined, data: string): Promise<StepEnd> {
    const next = wait?.data === undefined ? data : carried(wait.data);
    if (!wait) return { kind: "ended", ...this.#outcome(next) };
    if (wait.kind === "goto") return { kind: "goes-on", step: wait.step, ...this.#outcome(next) };
    const of = { runId: this.#run.runId, number: this.#run.moves };
    const sent = await this.#send(composePrompt(wait, this.chat.language, of));
    const messageIds = answersTo(sent, this.#run.prompt);
    return {
      kind: "waits",
      prompt: { number: of.number, messageIds, wait: waitOf(wait) },
      ...this.#outcome(next),
    };
  }

  /** Asks once more what was asked before: the prompt stays open. */
  async askAgain(again: Saying): Promise<StepEnd> {
    const { prompt, data } = this.#run;
    if (!prompt) return { kind: "ended", ...this.#outcome(data) };
    const sent = await this.#send(compose(again, this.chat.language));
    const asked = { ...prompt, messageIds: answersTo(sent, prompt) };
    return { kind: "waits", prompt: asked, ...this.#outcome(data) };
  }

  #outcome(data: string) {
    return { data, notes: this.#notes };
  }

  #chatFor(): Chat {
    const { lead, siteUrl, system, onceKey } = this.#reach;
    const play = this;
    return {
      get person() {
        return play.#person;
      },
      language: lead.language,
      firstName: lead.firstName,
      siteUrl,
      system: chatSystem(system, this.#effects, `${onceKey}/${this.#run.moves}`),
      say: async (message) => void (await this.#send(compose(message, lead.language))),
      signIn: (user) => this.#signIn(user),
      signOut: () => this.#signOut(),
      ask: (message, to, { options = {}, data } = {}) => {
        return { kind: "ask", message, to, options: labels(options), data };
      },
      choose: (message, options, more) => ({ kind: "choose", message, options: labels(options), ...more }),
      askContact: (message, label, to, data) => ({ kind: "contact", message, label, to, data }),
      goto: (step, data) => ({ kind: "goto", step, data }),
    };
  }

  async #signIn(user: SystemUser): Promise<PersonProfile> {
    this.#effects.keepBeginning(this.#person);
    this.#person = await this.#effects.once({ kind: "repeat" }, () => this.#reach.signIn(user));
    return this.#person;
  }

  async #signOut(): Promise<boolean> {
    const person = this.#person;
    if (!person) return false;
    this.#effects.keepBeginning(person);
    const unlinked = await this.#effects.once({ kind: "repeat" }, () => this.#reach.signOut(person));
    this.#person = null;
    return unlinked;
  }

  /** Sends a message in as many pieces as it needs; the ids of those that surely arrived, newest first. */
  async #send(message: OutMessage): Promise<string[]> {
    const sent: string[] = [];
    for (const piece of this.#reach.channel.pieces(message)) {
      const messageId = await this.#sendPiece(piece);
      if (messageId !== undefined) sent.unshift(messageId);
    }
    return sent;
  }

  async #sendPiece(piece: OutMessage): Promise<string | undefined> {
    const uncertain = { kind: "assume", value: { lost: "uncertain" } } as const;
    const result = await this.#effects.once<SendResult>(
      uncertain,
      () => this.#tryToSend(piece),
      () => this.#reach.permit(),
    );
    if ("messageId" in result) return result.messageId;
    if (result.lost === "uncertain") {
      this.#notes.uncertain = true;
      return undefined;
    }
    this.#notes.pictureMissing = true;
    const { picture: _, ...text } = piece;
    return text.html === "" ? undefined : this.#sendPiece(text);
  }

  async #tryToSend(piece: OutMessage): Promise<SendResult> {
    try {
      return { messageId: (await this.#reach.send(piece)).messageId };
    } catch (error) {
      if (error instanceof PictureRefused && piece.picture) return { lost: "picture" };
      if (error instanceof ChannelUncertain) return { lost: "uncertain" };
      throw error;
    }
  }
}

function labels(
  options: Readonly<Record<string, Sayable | undefined>>,
): Extract<Wait, { kind: "choose" }>["options"] {
  return Object.fromEntries(
    Object.entries(options).flatMap(([step, label]) => (label ? [[step, label]] : [])),
  );
}

/** What is kept of a wait: where its answers lead, without its words. */
function waitOf(wait: Exclude<Wait, { kind: "goto" }>): Prompt["wait"] {
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

/** The messages that a reply finds a run by: the new ones, and the last ones before them. */
function answersTo(sent: readonly string[], before: Prompt | null): string[] {
  return [...sent, ...(before?.messageIds ?? [])].slice(0, MOST_MESSAGES);
}
