import { type Dialogs, dialogsOf } from "../dialogs/dialogs.ts";
import { type CommunicationMap, communicationsOf, type MapName, maps } from "./registry.ts";

/** Which bot has which maps. A bot that isn't named has all of them. */
const mapsOfBots: Readonly<Record<string, readonly MapName[]>> = {};

const everyMap = Object.keys(maps) as readonly MapName[];
const made = new Map<string, Dialogs>();

/** The maps of a bot, in their order. */
export function mapsOfBot(botId: string): readonly CommunicationMap[] {
  return namesOf(botId).map((name) => maps[name]);
}

/** The dialogs of a bot: those of its maps. */
export function dialogsOfBot(botId: string): Dialogs {
  const key = namesOf(botId).join();
  const known = made.get(key);
  if (known) return known;
  const own = mapsOfBot(botId);
  const dialogs = dialogsOf({
    communications: own.flatMap(communicationsOf),
    commands: own.flatMap(({ commands }) => commands),
    occasions: own.flatMap(({ occasions }) => occasions),
    reminders: own.flatMap(({ reminders }) => reminders),
  });
  made.set(key, dialogs);
  return dialogs;
}

function namesOf(botId: string): readonly MapName[] {
  return mapsOfBots[botId] ?? everyMap;
}
