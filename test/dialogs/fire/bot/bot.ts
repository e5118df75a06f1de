import type { AnyDialog } from "../../../../dialogs/communication.ts";
import type { Dialogs } from "../../../../dialogs/dialogs.ts";
import { bareBot } from "../../../kit/bot.ts";
import { type Ground, naming } from "../scene.ts";
import { changing } from "./changing.ts";
import { communicationsOn } from "./communications.ts";
import { lasting } from "./lasting.ts";
import { occasionsOn } from "./occasions.ts";
import { reaching } from "./reaching.ts";
import { remindersOn } from "./reminders.ts";
import { talking } from "./talking.ts";

/** Dialogs that a deploy takes away, and the next one brings back. */
const GONE_DIALOGS = ["/long", "/shaky", "dream", "double"];
/** And steps. */
const GONE: Readonly<Record<string, readonly string[]>> = {
  "/nap": ["wake"],
  "/pick": ["no", "words"],
  "/work": ["background"],
  survey: ["late", "good"],
  chain: ["tell"],
  "~tip": ["start"],
};

/** The bot under fire: its dialogs use all that a step may do. */
export function botOn(ground: Ground): Dialogs {
  const commands = [...talking(ground), ...lasting(ground), ...changing(ground), ...reaching(ground)];
  return bareBot({
    commands: commands.map((one) => naming(one, ground.trace, one.command, "person")),
    communications: communicationsOn(ground),
    occasions: occasionsOn(ground),
    reminders: remindersOn(ground),
  });
}

/** The same bot after a deploy that took some steps away. */
export function withoutSteps(bot: Dialogs): Dialogs {
  return bareBot({
    commands: bot.commands.filter(isThere).map(less),
    communications: bot.communications.filter(isThere).map(less),
    occasions: bot.occasions,
    reminders: bot.reminders.map(less),
  });
}

function isThere({ alias }: AnyDialog): boolean {
  return !GONE_DIALOGS.includes(alias);
}

function less<D extends AnyDialog>(dialog: D): D {
  const gone = GONE[dialog.alias];
  if (!gone) return dialog;
  const steps = new Map([...dialog.steps].filter(([name]) => !gone.includes(name)));
  // Its name for each run comes from a getter, which a spread would call but once.
  return Object.defineProperty(Object.create(dialog), "steps", { value: steps, enumerable: true });
}
