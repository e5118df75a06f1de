import type { Outcome } from "../../contract/delivery.ts";
import type { AnyDialog } from "../../dialogs/communication.ts";
import type { Beginning } from "../../dialogs/dialogs.ts";
import { MENU } from "../../dialogs/dialogs.ts";
import type { Closing, Input } from "../../dialogs/run.ts";
import type { Room } from "./room.ts";

/** How a dialog is begun. */
interface Manner {
  /** Whether a person waits for it. */
  readonly holds: boolean;
  readonly input?: Input;
}

const NOT_WANTED: Outcome = { state: "expired", reason: "not-wanted" };

/**
 * Begins a dialog that a person asked for, or an occasion for them; the menu leads away from all others, and an earlier
 * run of it that the person is in is closed.
 */
export function beginHere(room: Room, dialog: Beginning, manner: Manner): void {
  begin(room, dialog, JSON.stringify(dialog.initial), manner);
}

/** Does what a step asked for at its end, in the transaction in which it ends. @param holds whether the person waits for it */
export function closeStep(room: Room, closings: readonly Closing[], holds: boolean): void {
  const { reminders, ports } = room;
  for (const closing of closings) {
    switch (closing.kind) {
      case "begin": {
        const dialog = dialogNamed(room, closing.alias);
        if (dialog) begin(room, dialog, closing.data, { holds });
        break;
      }
      case "remind":
        reminders.set({ ...closing, critical: dialogNamed(room, closing.alias)?.critical ?? false });
        break;
      case "forget":
        reminders.forget(closing.key);
        break;
      case "show-kept": {
        const now = ports.now();
        room.facts.set("showing", { at: now, tries: 0, since: now });
        break;
      }
      case "drop-kept":
        dropKept(room);
        break;
    }
  }
}

/** What was kept is shown no more: whoever wants quiet in the middle of it may ask for the rest again. */
export function stopShowing({ facts }: Room): void {
  if (facts.get("showing")) facts.set("showing", null);
}

function begin(room: Room, dialog: AnyDialog, data: string, { holds, input }: Manner): void {
  const { runs, ports } = room;
  if (dialog.alias === `/${MENU}`) runs.leaveAll();
  // What is said on an occasion is about each time that it comes.
  if (!dialog.alias.startsWith("~")) runs.closeDialog(dialog.alias);
  const run = { runId: ports.newRunId(), alias: dialog.alias, data, holds, critical: dialog.critical };
  runs.open(input ? { ...run, input } : run, ports.now());
}

function dropKept({ kept, deliveries, ports }: Room): void {
  for (const one of kept.all()) {
    deliveries.settle(one, NOT_WANTED, ports.now());
    kept.remove(one);
  }
}

/** A dialog of this conversation's bot, or `null` where it is gone. */
export function dialogNamed({ ports, memory }: Room, alias: string): AnyDialog | null {
  return ports.dialogs(memory.address().botId).find(alias);
}
