import { rmSync } from "node:fs";
import { Complaint, runCommand } from "./command.ts";
import { type Places, places } from "./local/places.ts";
import { runningStart } from "./local/running.ts";

/** Forgets the local world's state. Throws a `Complaint` while `npm start` runs on it. */
export function reset(where: Places): void {
  const pid = runningStart(where);
  if (pid) throw new Complaint(`Beseda is running (process ${pid}): stop it first, then reset.`);
  rmSync(where.state, { recursive: true, force: true });
}

if (import.meta.main) {
  await runCommand(() => {
    reset(places);
    console.log("The local world is forgotten; npm start begins a new one.");
  });
}
