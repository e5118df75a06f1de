import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Places, root } from "./places.ts";
import type { DevelopmentSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** All that the database's content at a start depends on, as one hash. */
export function databaseStamp(settings: Settings, secrets: DevelopmentSecrets): string {
  const hash = createHash("sha256").update(JSON.stringify([settings.urls.site, secrets.SEALING_KEY]));
  for (const path of [join(root, "wrangler.toml"), ...filesUnder(join(root, "schema"))]) {
    hash.update(`${path}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** Whether the database was made ready for this very stamp. */
export function isStamped(places: Places, stamp: string): boolean {
  return existsSync(places.databaseStamp) && readFileSync(places.databaseStamp, "utf8") === stamp;
}

/** Remembers that the database is ready. */
export function setStamp(places: Places, stamp: string): void {
  writeFileSync(places.databaseStamp, stamp);
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
