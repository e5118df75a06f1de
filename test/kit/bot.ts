import { dialogsOfBot } from "../../communications/bots.ts";
import { type DialogSet, type Dialogs, dialogsOf } from "../../dialogs/dialogs.ts";

/** A bot that has these dialogs and nothing else. */
export function bareBot(dialogs: Partial<DialogSet>): Dialogs {
  return dialogsOf({ communications: [], commands: [], occasions: [], reminders: [], ...dialogs });
}

/** A bot that has these dialogs, and the demo bot's commands and occasions beside them, so that people can sign in. */
export function botWith({ commands = [], occasions = [], ...dialogs }: Partial<DialogSet>): Dialogs {
  const demo = dialogsOfBot("1");
  return bareBot({
    commands: [...demo.commands, ...commands],
    occasions: [...demo.occasions.filter(({ on }) => occasions.every((own) => own.on !== on)), ...occasions],
    ...dialogs,
  });
}
