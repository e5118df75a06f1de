import type { LeadProfile } from "../contract/lead.ts";
import type { OutMessage } from "../contract/message.ts";
import type { Channel, MainSystem } from "../contract/ports.ts";
import type { AnyDialog } from "./communication.ts";
import type { EffectLog, LoggedEffect } from "./effects.ts";
import type { Reach } from "./reach.ts";
import type { Run } from "./run.ts";
import { playStep } from "./step.ts";

/** Steps in a row that are played until one says something: more is a dialog in a circle, or one that says nothing. */
const MOST_STEPS = 10;

/** For whom a beginning is rendered, and what it may look at. */
export interface Onlooker {
  readonly lead: LeadProfile;
  readonly siteUrl: string;
  /** The commands of the bot. */
  readonly commands: Reach["commands"];
  /** IANA. */
  readonly timeZone: string;
  readonly channel: Pick<Channel, "pieces">;
  readonly system: MainSystem;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * What a dialog would say first to a lead, within the messenger's limits; nothing is sent and nothing written. A step
 * is left standing where it would first write something: what it would say after that depends on the answer.
 *
 * @param data what the communication's `prepare` returned, as JSON text
 * @throws whatever the step's own code throws, and the errors of the reads it does
 */
export async function preview(
  dialog: AnyDialog,
  data: string,
  onlooker: Onlooker,
): Promise<readonly OutMessage[]> {
  const messages: OutMessage[] = [];
  let left = () => {};
  const isLeft = new Promise<"left">((resolve) => {
    left = () => resolve("left");
  });
  const reach = {
    ...onlooker,
    ...inert(left, ["signIn", "signOut", "changeTraits", "call"]),
    system: { ...onlooker.system, ...inert(left, WRITES) },
    links: inert(left, LINKS),
    hasSms: false,
    kept: [],
    permit: async () => {},
    send: async (piece: OutMessage) => ({ messageId: String(messages.push(piece)) }),
    onceKey: "preview",
  };
  let run: Run = { runId: "preview", alias: dialog.alias, step: "start", data, moves: 1, ...UNANSWERED };
  for (let played = 0; played < MOST_STEPS && messages.length === 0; played += 1) {
    const end = await Promise.race([playStep(dialog, run, reach, newLog()), isLeft]);
    if (end === "left" || end.kind !== "goes-on") break;
    run = { ...run, step: end.step, data: end.data, moves: run.moves + 1 };
  }
  return messages;
}

const UNANSWERED = { input: { kind: "none" }, prompt: null, wake: null } as const;

/** The main system's members that change something. */
const WRITES = [
  "registerUser",
  "connectBot",
  "disconnectBot",
  "addComment",
  "addRequest",
  "addMessage",
  "rate",
  "createSite",
] as const;

/** What gives links and codes out, and takes them. */
const LINKS = ["open", "pin", "openForm", "token", "take", "openCode", "sendCode", "checkCode"] as const;

/** What would change something: it is not done, and never answers, so that the step's code can't go on. */
function inert<Name extends string>(left: () => void, names: readonly Name[]) {
  const stand = () => {
    left();
    return new Promise<never>(() => {});
  };
  return Object.fromEntries(names.map((name) => [name, stand])) as Record<Name, typeof stand>;
}

/** The effects of one step, in memory. */
function newLog(): EffectLog {
  const effects = new Map<number, LoggedEffect>();
  return {
    find: (ordinal) => effects.get(ordinal) ?? null,
    begin: (ordinal) => void effects.set(ordinal, { result: null }),
    finish: (ordinal, result) => void effects.set(ordinal, { result }),
    forget: (ordinal) => void effects.delete(ordinal),
  };
}
