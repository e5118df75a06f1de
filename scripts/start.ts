import { mkdirSync } from "node:fs";
import { Complaint, runCommand } from "./command.ts";
import { keepSchedule } from "./local/cron.ts";
import { databaseStamp, isStamped } from "./local/database-stamp.ts";
import { setDemoWebhook } from "./local/demo-webhook.ts";
import { greeting } from "./local/greeting.ts";
import { places } from "./local/places.ts";
import { requireFreePorts } from "./local/ports.ts";
import { announceStart, retractStart, runningStart } from "./local/running.ts";
import { type DevelopmentSecrets, developmentSecrets, writeWorkerEnv } from "./local/secrets.ts";
import { type Settings, settingsFrom } from "./local/settings.ts";
import { stopSignal } from "./local/stop-signal.ts";
import { databasePlan, emulatorPlan, sitePlan, workerPlan } from "./local/world.ts";
import { untilHealthy } from "./processes/healthz.ts";
import { Household } from "./processes/household.ts";

/** What a shell reports for a command that Ctrl-C killed. */
const KILLED = 130;

async function main(): Promise<void> {
  const began = performance.now();
  const settings = settingsFrom(process.env);
  await refuseIfOccupied(settings);
  announceStart(places);
  process.once("exit", () => retractStart(places));

  const household = new Household();
  const stop = stopSignal(() => {
    household.kill();
    process.exit(KILLED);
  });
  try {
    const up = bringUp(household, settings, developmentSecrets(places));
    const outcome = await Promise.race([up.then(() => "up"), stop, household.fell]);
    if (outcome === "up") {
      keepSchedule(settings.urls.worker);
      console.log(greeting(settings, (performance.now() - began) / 1_000));
    }
    await Promise.race([stop, household.fell]);
    console.log("\nStopping …");
  } finally {
    await household.end();
  }
}

async function refuseIfOccupied({ ports }: Settings): Promise<void> {
  const other = runningStart(places);
  await requireFreePorts(ports, other ? ` (Beseda itself runs from this folder, as process ${other}.)` : "");
  if (!other) return;
  throw new Complaint(
    `Beseda already runs from this folder, as process ${other}: stop it first, for both would use one database.`,
  );
}

/** Starts everything at once but the Worker where its database is not ready. Resolves when all answer. */
async function bringUp(household: Household, settings: Settings, secrets: DevelopmentSecrets): Promise<void> {
  const { urls } = settings;
  mkdirSync(places.logs, { recursive: true });
  writeWorkerEnv(places, secrets);
  const emulator = household.start(emulatorPlan(settings, places));
  const site = household.start(sitePlan(settings, places));

  const telegram = async () => {
    await untilHealthy(emulator, urls.emulator);
    await pointBotHere(settings, secrets);
  };
  const worker = async () => {
    if (!isStamped(places, databaseStamp(settings, secrets))) await household.run(databasePlan(places));
    await untilHealthy(household.start(workerPlan(settings, places)), urls.worker);
  };
  await Promise.all([telegram(), untilHealthy(site, urls.site), worker()]);
}

/** A Bot API of the developer's own may know the bot by other means, so its refusal is told, not fatal. */
async function pointBotHere(settings: Settings, secrets: DevelopmentSecrets): Promise<void> {
  try {
    await setDemoWebhook(settings, secrets);
  } catch (error) {
    if (settings.botApi === settings.urls.emulator || !(error instanceof Complaint)) throw error;
    console.error(`The webhook of the demo bot was not set: ${error.message}`);
  }
}

await runCommand(main);
// Questions to servers that are gone may still be under way.
process.exit();
