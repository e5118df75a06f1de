import type { BotOptions } from "../options.ts";
import { type Bots, botsIn } from "./bots.ts";
import { type Callbacks, callbacksIn } from "./callbacks.ts";
import { type Chats, chatsIn } from "./chats.ts";
import { openDatabase } from "./database.ts";
import { type Files, filesIn } from "./files.ts";
import { type PendingUpdates, pendingUpdatesIn } from "./pending-updates.ts";
import { type People, peopleIn } from "./people.ts";
import { type SmsBox, smsIn } from "./sms.ts";

/** Everything the emulator remembers. */
export interface Store {
  readonly bots: Bots;
  readonly people: People;
  readonly chats: Chats;
  readonly files: Files;
  readonly callbacks: Callbacks;
  readonly updates: PendingUpdates;
  readonly sms: SmsBox;
  /** Forgets all but the bots and their settings; ids go on counting, so none is ever used twice. */
  forget(): void;
  close(): void;
}

/** Opens the state of these bots, in a file or in memory. */
export function openStore(bots: readonly BotOptions[], file?: string): Store {
  const db = openDatabase(file);
  return {
    bots: botsIn(db, bots),
    people: peopleIn(db),
    chats: chatsIn(db),
    files: filesIn(db),
    callbacks: callbacksIn(db),
    updates: pendingUpdatesIn(db),
    sms: smsIn(db),
    forget: () =>
      db.exec(["people", "chats", "messages", "files", "updates", "callbacks", "sms"].map(emptied).join("")),
    close: () => db.close(),
  };
}

function emptied(table: string): string {
  return `DELETE FROM ${table};`;
}
