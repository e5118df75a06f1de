import type { Act } from "../contract/inbound.ts";
import type { Input, Prompt } from "./run.ts";

/** A run that waits, as routing sees it. */
export interface OpenRun {
  readonly runId: string;
  /** The step of its last answer is still to be played: it takes no other before that. */
  readonly busy: boolean;
  /** The person has gone elsewhere since: what they type is for this run only where they reply to its message. */
  readonly left: boolean;
  readonly prompt: Prompt;
}

/** Where an act of a person leads. */
export type Route =
  | { readonly kind: "move"; readonly runId: string; readonly step: string; readonly input: Input }
  /** `argument`: what was written after it; empty for a button. */
  | { readonly kind: "command"; readonly name: string; readonly argument: string }
  /** A button of a prompt that is no longer open. */
  | { readonly kind: "stale" }
  /** What it answers is still busy with the answer before. */
  | { readonly kind: "busy" }
  /** Nothing here waits for this. */
  | { readonly kind: "unmatched"; readonly input: Input };

/** What stands in a button's data: which prompt of which run, and the step it leads to. */
interface ButtonData {
  readonly runId: string;
  readonly number: number;
  readonly step: string;
}

/** A button's data as text; a step's name is short enough for the 64 bytes there (Bot API: `callback_data`). */
export function buttonData({ runId, number, step }: ButtonData): string {
  return `${runId}:${number}:${step}`;
}

/**
 * Finds what an act answers among the open runs, newest first: a button by its data, a reply by the message replied
 * to, a command by its name, free text by the newest open question that the person has not left; anything else leads
 * to the menu.
 */
export function route(act: Exclude<Act, { kind: "blocked" | "unblocked" }>, open: readonly OpenRun[]): Route {
  switch (act.kind) {
    case "tap":
      return routeTap(act.data, open);
    case "command":
      return { kind: "command", name: act.name, argument: act.argument };
    case "text":
      return routeWords({ kind: "text", text: act.text }, act.replyTo, open);
    case "media":
      return routeWords({ kind: "media", media: act.media }, act.replyTo, open);
    case "other":
      return routeWords({ kind: "other" }, act.replyTo, open);
    case "contact": {
      const asked = open.find(({ busy, prompt }) => !busy && prompt.wait.kind === "contact");
      return moveTo(asked, { kind: "contact", phone: act.phone, own: act.own });
    }
  }
}

function routeTap(data: string, open: readonly OpenRun[]): Route {
  if (data.startsWith("/")) return { kind: "command", name: data.slice(1), argument: "" };
  const [runId, number, step] = data.split(":");
  const run = open.find((one) => one.runId === runId && String(one.prompt.number) === number);
  if (!run || !step || run.prompt.wait.kind === "contact") return { kind: "stale" };
  if (!run.prompt.wait.options.includes(step)) return { kind: "stale" };
  if (run.busy) return { kind: "busy" };
  return { kind: "move", runId: run.runId, step, input: { kind: "none" } };
}

function routeWords(input: Input, replyTo: string | undefined, open: readonly OpenRun[]): Route {
  if (replyTo !== undefined) return moveTo(repliedTo(replyTo, open), input);
  const asked = open.find(({ left, busy, prompt }) => !left && !busy && prompt.wait.kind !== "choose");
  return moveTo(asked, input);
}

/**
 * The run whose message was replied to. A reply to something else answers no question that stands under a message of
 * its own: it must not be published where it was not meant to be.
 */
function repliedTo(replyTo: string, open: readonly OpenRun[]): OpenRun | undefined {
  return (
    open.find(({ prompt }) => prompt.messageIds.includes(replyTo) && answered(prompt)) ??
    open.find(({ busy, prompt }) => !busy && prompt.messageIds.length === 0 && prompt.wait.kind === "ask")
  );
}

function moveTo(run: OpenRun | undefined, input: Input): Route {
  if (run?.busy) return { kind: "busy" };
  const step = run && answered(run.prompt);
  return run && step ? { kind: "move", runId: run.runId, step, input } : { kind: "unmatched", input };
}

/** The step that an answer in words leads to, if the prompt takes one. */
function answered({ wait }: Prompt): string | undefined {
  return wait.kind === "choose" ? wait.reply : wait.to;
}

/** The steps that the answers to a prompt may lead to. */
export function stepsAfter({ wait }: Prompt): readonly string[] {
  switch (wait.kind) {
    case "contact":
      return [wait.to];
    case "ask":
      return [wait.to, ...wait.options];
    case "choose":
      return wait.reply === undefined ? wait.options : [wait.reply, ...wait.options];
  }
}
