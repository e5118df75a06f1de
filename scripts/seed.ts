import { seedDevelopment } from "../schema/seed-development.ts";
import { runCommand } from "./command.ts";
import { withLocalDatabase } from "./local/database.ts";
import { databaseStamp, setStamp } from "./local/database-stamp.ts";
import { type Places, places } from "./local/places.ts";
import { developmentSecrets } from "./local/secrets.ts";
import { type Settings, settingsFrom } from "./local/settings.ts";
import { migrate } from "./migrate.ts";

/** Brings the local database up to date: its tables, the demo bot, the token `dev-token`. May be run again. */
export async function prepareDatabase(where: Places, settings: Settings): Promise<void> {
  const secrets = developmentSecrets(where);
  const stamp = databaseStamp(settings, secrets);
  await migrate(where);
  await withLocalDatabase(where, (db) =>
    seedDevelopment(db, secrets.SEALING_KEY, { site: settings.urls.site }),
  );
  setStamp(where, stamp);
}

if (import.meta.main) await runCommand(() => prepareDatabase(places, settingsFrom(process.env)));
