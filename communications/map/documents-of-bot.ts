import { mapsOfBot } from "../bots.ts";
import { type CommunicationMap, maps } from "../registry.ts";
import { type MapDocument, mapDocument } from "./document.ts";

/** Made when the code is loaded, so that a mistake in a map is seen at the first start. */
const documents = new Map<CommunicationMap, MapDocument>(
  Object.entries(maps).map(([name, map]) => [map, mapDocument(name, map)]),
);

/** The documents of a bot's maps, in their order. */
export function documentsOfBot(botId: string): readonly MapDocument[] {
  return mapsOfBot(botId).flatMap((map) => documents.get(map) ?? []);
}
