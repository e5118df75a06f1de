import type { AnyCommand, AnyCommunication } from "../dialogs/communication.ts";
import { help } from "./account/help.ts";
import { logout } from "./account/logout.ts";
import { menu } from "./account/menu.ts";
import { start } from "./account/start.ts";
import { commentNew } from "./family-site/comment-new.ts";
import { postNew } from "./family-site/post-new.ts";

/** A communication map: its communications in the map's order, and the commands that come with it. */
export interface CommunicationMap {
  readonly title: string;
  readonly communications: readonly AnyCommunication[];
  readonly commands: readonly AnyCommand[];
}

/** The maps there are, by name. A new communication is one new file and one line here. */
export const maps = {
  account: { title: "The user's account", communications: [], commands: [start, menu, help, logout] },
  "family-site": { title: "The family site", communications: [postNew, commentNew], commands: [] },
} as const satisfies Record<string, CommunicationMap>;

/** The name of a map. */
export type MapName = keyof typeof maps;
