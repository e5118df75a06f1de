import { type Dialogs, dialogsOf } from "../dialogs/dialogs.ts";
import { type MapName, maps } from "./registry.ts";

/** Which bot has which maps. A bot that isn't named has all of them. */
const mapsOfBots: Readonly<Record<string, readonly MapName[]>> = {
  "1": ["account", "family-site"],
};

const everyMap = Object.keys(maps) as readonly MapName[];
const made = new Map<string, Dialogs>();

/** The dialogs of a bot: those of its maps, in their order. */
export function dialogsOfBot(botId: string): Dialogs {
  const names = mapsOfBots[botId] ?? everyMap;
  const key = names.join();
  const known = made.get(key);
  if (known) return known;
  const chosen = names.map((name) => maps[name]);
  const dialogs = dialogsOf(
    chosen.flatMap(({ communications }) => communications),
    chosen.flatMap(({ commands }) => commands),
  );
  made.set(key, dialogs);
  return dialogs;
}
