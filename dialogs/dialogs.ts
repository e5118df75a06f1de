import type { AnyCommand, AnyCommunication, AnyDialog } from "./communication.ts";
import { houseDialogs } from "./house-dialogs.ts";

/** The dialogs of one bot, found by their names. */
export interface Dialogs {
  readonly communications: readonly AnyCommunication[];
  readonly commands: readonly AnyCommand[];
  /** A communication by its alias, a command by "/" and its name. */
  find(alias: string): AnyDialog | null;
  /** The command that a person typed; where there is none of that name, the menu. */
  command(name: string): AnyCommand;
}

/** The name of the command that answers whatever nothing else does. Every bot has it. */
export const MENU = "menu";

/**
 * Puts a bot's dialogs together.
 * @throws Error where two have one name, a step's name is too long for a button, or there is no menu: mistakes in
 * code, seen at the first start.
 */
export function dialogsOf(
  communications: readonly AnyCommunication[],
  commands: readonly AnyCommand[],
): Dialogs {
  const byAlias = new Map<string, AnyDialog>();
  for (const dialog of [...houseDialogs, ...commands, ...communications]) {
    if (byAlias.has(dialog.alias)) throw new Error(`Two dialogs are called ${dialog.alias}`);
    for (const step of dialog.steps.keys()) checkStep(dialog, step);
    byAlias.set(dialog.alias, dialog);
  }
  const byName = new Map(commands.map((command) => [command.command, command]));
  const menu = byName.get(MENU);
  if (!menu) throw new Error(`A bot needs the command /${MENU}`);
  return {
    communications,
    commands,
    find: (alias) => byAlias.get(alias) ?? null,
    command: (name) => byName.get(name) ?? menu,
  };
}

/** A button's data has 64 bytes (Bot API: `callback_data`); a run's id and a number take up to 20 of them. */
const STEP_NAME = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

function checkStep(dialog: AnyDialog, step: string): void {
  if (!STEP_NAME.test(step)) throw new Error(`${dialog.alias}: a step can't be called "${step}"`);
}
