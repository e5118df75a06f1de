import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Complaint, runCommand } from "./command.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APT_PACKAGES = ["chromium", "fonts-noto-color-emoji", "fonts-dejavu"];

/** The browser for tests: CHROMIUM_PATH, else one on the PATH, else Playwright's. Throws a `Complaint` if none. */
export function chromiumPath(): string {
  const path = findChromium();
  if (path) return path;
  throw new Complaint(
    "No Chromium for the browser tests: run `npm run browser`, or set CHROMIUM_PATH to one.",
  );
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Complaint(`CHROMIUM_PATH=${given} cannot be run: set it to a Chromium or Chrome, or unset it.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
  return onPath ?? [chromium.executablePath()].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs a Chromium where there is none: Debian's own for root there, elsewhere Playwright's. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.error("No Chromium for the browser tests yet; installing one …");
  if (isRootOnDebian()) installWithApt();
  if (!findChromium()) installWithPlaywright();
  return findChromium() ?? giveUp();
}

/** Ubuntu's package of that name only points to a snap, which containers cannot run. */
function isRootOnDebian(): boolean {
  const release = "/etc/os-release";
  return (
    process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, "utf8"))
  );
}

function installWithApt(): void {
  if (run("apt-get", ["update", "-qq"])) {
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...APT_PACKAGES]);
  }
}

function installWithPlaywright(): void {
  const command = join(dirname(fileURLToPath(import.meta.resolve("playwright-core/package.json"))), "cli.js");
  run(process.execPath, [command, "install", "chromium"]);
}

/** Its words go to stderr: on stdout whoever called us looks for the path alone. */
function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], env }).status === 0;
}

function giveUp(): never {
  throw new Complaint(
    "Chromium could not be installed for the browser tests (the reason is above). Install Chromium or Chrome " +
      "yourself and set CHROMIUM_PATH to it, or run `npx playwright-core install --with-deps chromium`.",
  );
}

if (import.meta.main) await runCommand(() => console.log(ensureChromium()));
