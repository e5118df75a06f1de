import { sha256 } from "../contract/digest.ts";
import type { Beginning } from "./beginning.ts";
import type { Chat } from "./chat.ts";
import { chatSystem } from "./chat-system.ts";
import type { Closings } from "./closings.ts";
import { compose } from "./compose.ts";
import type { Effects } from "./effects.ts";
import type { LeadPlay } from "./lead-play.ts";
import type { LinkPlay } from "./link-play.ts";
import type { Reach } from "./reach.ts";
import type { Sender } from "./sender.ts";
import { momentInWords, momentOf } from "./time.ts";
import { labels } from "./waits.ts";

/** What one playing of a step consists of. */
export interface Playing {
  readonly reach: Reach;
  readonly effects: Effects;
  /** What the step began with. */
  readonly beginning: Beginning;
  readonly lead: LeadPlay;
  readonly links: LinkPlay;
  readonly sender: Sender;
  readonly closings: Closings;
  /** A key for this step of this run, that no other has. */
  readonly key: string;
  /** The step's own time, milliseconds since 1970. */
  now(): number;
}

/** The members of a chat that only say what the step waits for. */
type Waits = Pick<Chat, "ask" | "choose" | "askContact" | "sleep" | "goto">;

const waits: Waits = {
  ask: (message, to, { options = {}, ...more } = {}) => ({
    kind: "ask",
    message,
    to,
    options: labels(options),
    ...more,
  }),
  choose: (message, options, more) => ({ kind: "choose", message, options: labels(options), ...more }),
  askContact: (message, label, to, more) => ({ kind: "contact", message, label, to, ...more }),
  sleep: (time, to, data) => ({ kind: "sleep", time, to, data }),
  goto: (step, data) => ({ kind: "goto", step, data }),
};

/** The chat that the step's own code sees. Its functions stand by themselves, so that a step may take them out of it. */
export function chatOf({
  reach,
  effects,
  beginning,
  lead,
  links,
  sender,
  closings,
  key,
  now,
}: Playing): Chat {
  const { siteUrl, commands, timeZone, system, hasSms } = reach;
  const { kept } = beginning;
  const { leadId, language, firstName } = beginning.lead;
  return {
    ...waits,
    ...links,
    leadId,
    language,
    firstName,
    siteUrl,
    commands,
    kept,
    hasSms,
    system: chatSystem(system, effects, key),
    get now() {
      return now();
    },
    get person() {
      return lead.lead.person;
    },
    get barred() {
      return lead.lead.barred;
    },
    get tags() {
      return lead.lead.tags;
    },
    get pausedUntil() {
      const { pausedUntil } = lead.lead;
      return pausedUntil !== null && pausedUntil > now() ? pausedUntil : null;
    },
    get withOperator() {
      return lead.lead.withOperator;
    },
    say: async (message) => void (await sender.send(compose(message, language))),
    signIn: (user) => lead.signIn(user),
    signOut: () => lead.signOut(),
    tag: (...names) => lead.tag(names),
    untag: (...names) => lead.untag(names),
    get: (variable) => lead.get(variable),
    set: ({ name }, value) => lead.set(name, value),
    pause: (until) => lead.pause(until),
    resume: () => lead.resume(),
    handOver: () => lead.handOver(),
    takeBack: () => lead.takeBack(),
    inWords: (moment) => momentInWords(moment, now(), timeZone, language),
    showKept: () => closings.showKept(),
    dropKept: () => closings.dropKept(),
    begin: ({ alias }, data) => closings.begin(alias, data),
    remind: (reminding) => closings.remind(reminding, now(), timeZone),
    forget: (reminder) => closings.forget(reminder),
    call({ alias }, params, { time } = {}) {
      const sendAt = time ? momentOf(time, now(), timeZone) : null;
      // Before anything is awaited: a step may make several calls at once.
      const once = sha256(`${key}/${effects.next}`);
      return effects.once({ kind: "repeat" }, async () => reach.call({ alias, params, sendAt }, await once));
    },
  };
}
