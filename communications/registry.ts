import type {
  AnyCommand,
  AnyCommunication,
  AnyOccasion,
  AnyReminder,
  Gap,
} from "../dialogs/communication.ts";
import { help } from "./account/help.ts";
import { logout } from "./account/logout.ts";
import { menu } from "./account/menu.ts";
import { start } from "./account/start.ts";
import { commentNew } from "./family-site/comment-new.ts";
import { postNew } from "./family-site/post-new.ts";

/** A communication map: its rows in order, and the dialogs that come with it. */
export interface CommunicationMap {
  readonly title: string;
  /** Communications, and events that none answers yet. */
  readonly rows: readonly (AnyCommunication | Gap)[];
  readonly commands: readonly AnyCommand[];
  readonly occasions: readonly AnyOccasion[];
  readonly reminders: readonly AnyReminder[];
}

/** The maps there are, by name. A new communication is one new file and one line here. */
export const maps = {
  account: {
    title: "The user's account",
    rows: [],
    commands: [start, menu, help, logout],
    occasions: [],
    reminders: [],
  },
  "family-site": {
    title: "The family site",
    rows: [postNew, commentNew],
    commands: [],
    occasions: [],
    reminders: [],
  },
} as const satisfies Record<string, CommunicationMap>;

/** The name of a map. */
export type MapName = keyof typeof maps;

/** The communications of a map, in its order. */
export function communicationsOf({ rows }: CommunicationMap): readonly AnyCommunication[] {
  return rows.filter((row): row is AnyCommunication => !("gap" in row));
}
