import type {
  AnyCommand,
  AnyCommunication,
  AnyDialog,
  AnyOccasion,
  AnyReminder,
  Occasion,
} from "./communication.ts";
import { houseOccasions } from "./house-dialogs.ts";

/** What a bot says, by how it begins. */
export interface DialogSet {
  readonly communications: readonly AnyCommunication[];
  readonly commands: readonly AnyCommand[];
  readonly occasions: readonly AnyOccasion[];
  readonly reminders: readonly AnyReminder[];
}

/** The dialogs of one bot, found by their names. */
export interface Dialogs extends DialogSet {
  /** A communication by its alias, a command by "/" and its name, an occasion or a reminder by "~" and its name. */
  find(alias: string): AnyDialog | null;
  /** The command that a person typed, or `null`. */
  command(name: string): AnyCommand | null;
  /** What is said on an occasion: in the bot's own words, if it has some. Where nothing matches, else the menu. */
  occasion(on: Occasion): Beginning;
}

/** A dialog that begins without being told anything. */
export interface Beginning extends AnyDialog {
  readonly initial: unknown;
}

/** The name of the command that shows what can be done here. Every bot has it. */
export const MENU = "menu";

/**
 * Puts a bot's dialogs together.
 * @throws Error where two have one name, a step's name is too long for a button, or there is no menu: mistakes in
 * code, seen at the first start.
 */
export function dialogsOf(set: DialogSet): Dialogs {
  const byAlias = new Map<string, AnyDialog>();
  const { communications, commands, occasions, reminders } = set;
  const own = new Map(occasions.map((dialog) => [dialog.on, dialog]));
  if (own.size < occasions.length) throw new Error("A bot has two dialogs for one occasion");
  const others = Object.values(houseOccasions).filter(({ on }) => !own.has(on));
  for (const dialog of [...occasions, ...others, ...commands, ...reminders, ...communications]) {
    if (byAlias.has(dialog.alias)) throw new Error(`Two dialogs are called ${dialog.alias}`);
    for (const step of dialog.steps.keys()) checkStep(dialog, step);
    byAlias.set(dialog.alias, dialog);
  }
  const byName = new Map(commands.map((command) => [command.command, command]));
  const menu = byName.get(MENU);
  if (!menu) throw new Error(`A bot needs the command /${MENU}`);
  return {
    ...set,
    find: (alias) => byAlias.get(alias) ?? null,
    command: (name) => byName.get(name) ?? null,
    occasion: (on) => own.get(on) ?? (on === "unmatched" ? menu : houseOccasions[on]),
  };
}

/** A button's data has 64 bytes (Bot API: `callback_data`); a run's id and a number take up to 20 of them. */
const STEP_NAME = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

function checkStep(dialog: AnyDialog, step: string): void {
  if (!STEP_NAME.test(step)) throw new Error(`${dialog.alias}: a step can't be called "${step}"`);
}
