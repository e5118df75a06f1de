import { Outdated, SystemUnavailable } from "../contract/errors.ts";
import { readAnswer } from "./answer.ts";
import { beginningOf } from "./beginning.ts";
import type { Saying, Wait } from "./chat.ts";
import { chatOf, type Playing } from "./chat-of.ts";
import { Closings, carried } from "./closings.ts";
import type { AnyDialog } from "./communication.ts";
import { compose, composePrompt } from "./compose.ts";
import { type EffectLog, Effects } from "./effects.ts";
import { LeadPlay } from "./lead-play.ts";
import { linkPlay } from "./link-play.ts";
import type { Reach } from "./reach.ts";
import type { Prompt, Run, StepEnd } from "./run.ts";
import { Sender } from "./sender.ts";
import { deadlineOf, type Question, waitOf, wakeOf } from "./waits.ts";

/** How many of a run's messages a reply is looked for among. */
const MOST_MESSAGES = 8;

/**
 * Plays the step that a run is at, to its end. Played again after a crash with the same `log`, it repeats no
 * effect. An answer that has not the step's shape is asked for again, and the step is not played; nor is the first step
 * of a dialog whose condition does not hold.
 *
 * @throws ChannelBusy, ChannelPaced, ChannelDown, SystemUnavailable, StorageDown: play it again later; Outdated,
 * ChannelBlocked, ChannelGone, ChannelRefused, BrokenData, and whatever the step's own code throws: the run can't go on.
 */
export async function playStep(dialog: AnyDialog, run: Run, reach: Reach, log: EffectLog): Promise<StepEnd> {
  const play = playingOf(run, reach, log);
  const data = dataOf(dialog, run.data);
  const step = dialog.steps.get(run.step);
  if (!step) throw new Outdated(`${dialog.alias} has no step "${run.step}"`);

  const chat = chatOf(play);
  const shape = dialog.answers[run.step];
  const read = shape && readAnswer(run.input, shape, run.prompt?.wait.kind === "contact");
  if (read && !read.ok) return askAgain(play, run, read.again);
  const wait = await guarded(play, async () => {
    if (run.moves === 1 && dialog.condition && !(await dialog.condition(chat, data))) return undefined;
    return step(chat, { data, answer: read?.value });
  });
  return ended(play, run, wait);
}

/**
 * The run's data in the shape of today's code.
 * @throws Outdated where it has not that shape
 */
export function dataOf(dialog: AnyDialog, json: string): unknown {
  const read = dialog.data.safeParse(JSON.parse(json));
  if (!read.success) throw new Outdated(`The data of a run of ${dialog.alias} has not its shape`);
  return read.data;
}

function playingOf(run: Run, reach: Reach, log: EffectLog): Playing {
  const effects = new Effects(log);
  const beginning = beginningOf(effects, reach);
  let moment: number | null = null;
  const now = () => {
    moment ??= effects.momentOf(reach.now());
    return moment;
  };
  const key = `${reach.onceKey}/${run.moves}`;
  const { links, siteUrl } = reach;
  const { language } = beginning.lead;
  return {
    reach,
    effects,
    now,
    beginning,
    key,
    lead: new LeadPlay(beginning, reach, effects, now),
    links: linkPlay({ links, effects, siteUrl, language, key, now }),
    sender: new Sender(reach, effects),
    closings: new Closings(),
  };
}

/** Runs the step's own code. Where it does not catch a silence of the system, that is asked again. */
async function guarded(
  { effects }: Playing,
  step: () => Promise<Wait | undefined>,
): Promise<Wait | undefined> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof SystemUnavailable) effects.forgetSilence();
    throw error;
  }
}

async function ended(play: Playing, run: Run, wait: Wait | undefined): Promise<StepEnd> {
  const data = wait?.data === undefined ? run.data : carried(wait.data);
  if (!wait) return { kind: "ended", ...came(play, data) };
  switch (wait.kind) {
    case "goto":
      return { kind: "goes-on", step: wait.step, ...came(play, data) };
    case "sleep":
      return {
        kind: "sleeps",
        wake: wakeOf(wait, play.reach.now(), play.reach.timeZone),
        ...came(play, data),
      };
    default:
      return asked(play, run, wait, data);
  }
}

async function asked(play: Playing, run: Run, question: Question, data: string): Promise<StepEnd> {
  const of = { runId: run.runId, number: run.moves };
  const sent = await play.sender.send(composePrompt(question, play.beginning.lead.language, of));
  const wake = deadlineOf(question, play.reach.now(), play.reach.timeZone);
  const prompt = { number: of.number, messageIds: answersTo(sent, run.prompt), wait: waitOf(question) };
  return { kind: "waits", prompt, wake, ...came(play, data) };
}

/** Asks once more what was asked before: the prompt stays open, and so does its deadline. */
async function askAgain(play: Playing, { prompt, wake, data }: Run, again: Saying): Promise<StepEnd> {
  const sent = await play.sender.send(compose(again, play.beginning.lead.language));
  if (!prompt) return { kind: "ended", ...came(play, data) };
  return {
    kind: "waits",
    prompt: { ...prompt, messageIds: answersTo(sent, prompt) },
    wake,
    ...came(play, data),
  };
}

function came({ sender, closings }: Playing, data: string) {
  return { data, notes: sender.notes, closings: closings.list };
}

/** The messages that a reply finds a run by: the new ones, and the last ones before them. */
function answersTo(sent: readonly string[], before: Prompt | null): string[] {
  return [...sent, ...(before?.messageIds ?? [])].slice(0, MOST_MESSAGES);
}
