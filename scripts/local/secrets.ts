import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { Complaint } from "../command.ts";
import type { Places } from "./places.ts";

const KEY_BYTES = 32;
/** For the owner's eyes only. */
const PRIVATE = 0o600;

const Secrets = z.object({ SEALING_KEY: z.base64().min(1) });

/** This machine's secrets for development: made at the first start, the same ever after. */
export type DevelopmentSecrets = z.infer<typeof Secrets>;

/** Reads the secrets, or makes them. Throws a `Complaint` where the file is there but unreadable. */
export function developmentSecrets(places: Places): DevelopmentSecrets {
  if (!existsSync(places.secrets)) return makeSecrets(places.secrets);

  const read = Secrets.safeParse(jsonOrNothing(readFileSync(places.secrets, "utf8")));
  if (read.success) return read.data;
  throw new Complaint(
    `${places.secrets} is damaged: run \`npm run reset\`, which starts the local world anew.`,
  );
}

/** Writes the secrets where `wrangler dev --env-file` reads them: in its arguments every user would see them. */
export function writeWorkerEnv(places: Places, secrets: DevelopmentSecrets): void {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}="${value}"\n`);
  writeFileSync(places.workerEnv, lines.join(""), { mode: PRIVATE });
}

function makeSecrets(path: string): DevelopmentSecrets {
  const secrets = { SEALING_KEY: randomBytes(KEY_BYTES).toString("base64") };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: PRIVATE });
  return secrets;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
