import type { Outcome } from "../../contract/delivery.ts";
import { BrokenData } from "../../contract/errors.ts";
import type { AnyDialog } from "../../dialogs/communication.ts";
import type { Beginning } from "../../dialogs/dialogs.ts";
import { MENU } from "../../dialogs/dialogs.ts";
import type { Closing, Input } from "../../dialogs/run.ts";
import type { Room } from "./room.ts";
import type { ActiveRun } from "./run-rows.ts";

/** How a dialog is begun. */
interface Manner {
  /** Whether a person waits for it. */
  readonly holds: boolean;
  readonly hops?: number;
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

/**
 * Does what a step asked for at its end, in the transaction in which it ends.
 * @param ended the run of that step
 * @throws BrokenData where the bot has no such dialog, or there are too many reminders
 */
export function closeStep(
  room: Room,
  closings: readonly Closing[],
  ended: Pick<ActiveRun, "holds" | "hops">,
): void {
  // A transaction that fails takes back its rows, but not what is known by heart: what may fail comes first.
  for (const closing of closings) {
    if (closing.kind === "remind") remind(room, closing);
    if (closing.kind === "forget") room.reminders.forget(closing.key);
  }
  for (const closing of closings) {
    if (closing.kind === "begin") beginAfter(room, closing, ended);
    if (closing.kind === "show-kept") show(room);
    if (closing.kind === "drop-kept") dropKept(room);
  }
}

function remind(room: Room, reminder: Extract<Closing, { kind: "remind" }>): void {
  room.reminders.set({ ...reminder, critical: known(room, reminder.alias).critical });
}

/** A dialog that begins another, over and over, runs in a circle: its steps are counted through. */
function beginAfter(
  room: Room,
  { alias, data }: Extract<Closing, { kind: "begin" }>,
  { holds, hops }: Pick<ActiveRun, "holds" | "hops">,
): void {
  begin(room, known(room, alias), data, { holds, hops: hops + 1 });
}

function show({ facts, ports }: Room): void {
  const now = ports.now();
  facts.set("showing", { at: now, tries: 0, since: now });
}

function known(room: Room, alias: string): AnyDialog {
  const dialog = dialogNamed(room, alias);
  if (!dialog) throw new BrokenData(`This bot has no dialog ${alias}`);
  return dialog;
}

/** What was kept is shown no more: whoever wants quiet in the middle of it may ask for the rest again. */
export function stopShowing({ facts }: Room): void {
  if (facts.get("showing")) facts.set("showing", null);
}

function begin(room: Room, dialog: AnyDialog, data: string, manner: Manner): void {
  const { runs, ports } = room;
  if (dialog.alias === `/${MENU}`) runs.leaveAll();
  // What is said on an occasion is about each time that it comes.
  if (!dialog.alias.startsWith("~")) runs.closeDialog(dialog.alias);
  const { alias, critical } = dialog;
  runs.open({ runId: ports.newRunId(), alias, data, critical, ...manner }, ports.now());
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
