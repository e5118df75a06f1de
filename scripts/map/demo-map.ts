import { join } from "node:path";
import { documentsOfBot } from "../../communications/map/documents-of-bot.ts";
import { mapMarkdown } from "../../communications/map/markdown.ts";
import { root } from "../local/places.ts";
import { settingsFrom } from "../local/settings.ts";
import { demoBot } from "../local/world.ts";

/** Where the maps of the demo bot are kept as a document. */
export const demoMapFile = join(root, "docs", "communication-map.md");

/** The maps of the demo bot as that document; its links lead to the API page that `npm start` serves. */
export function demoMap(): string {
  const { urls } = settingsFrom({});
  return mapMarkdown(documentsOfBot(demoBot.id), {
    title: "Communication maps",
    docs: `${urls.worker}/api/docs?bot=${demoBot.id}`,
    code: "../",
  });
}
