/**
 * Makes a checkout ready to run: dependencies, the static assets that the Worker serves, the state folder.
 *
 * Runs before every other command, on whatever Node the machine has and before node_modules exists, so it is
 * plain JavaScript with nothing but Node's own modules. Does nothing, quickly, where all is in place.
 * With `--browser` it also makes sure of a Chromium for the browser tests.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".beseda-setup.json");
const turnstile = join(root, ".dev", "setup.lock");

/** What npm itself needs, and the oldest that the `node` package from devDependencies was tried with. */
const OLDEST_NODE = 20;
/** How long a lock without an owner's name may be: its owner died between making it and signing it. */
const UNSIGNED_LOCK_MS = 10_000;
/** A lock's process number may by now belong to something else, as after a container's restart. */
const LONGEST_INSTALL_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 200;

/** Ends the command with one sentence for the person at the terminal. */
function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** What an install depends on: the lock's text, and the machine, since some packages are binaries. */
function wantedStamp() {
  if (!existsSync(lockFile)) giveUp("package-lock.json is missing: take it from the repository again.");
  const lock = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  return { lock, machine: `${process.platform}-${process.arch}` };
}

function isInstalled(wanted) {
  const stamp = readJson(stampFile);
  if (stamp?.lock === wanted.lock && stamp.machine === wanted.machine) return true;
  if (stamp && stamp.machine !== wanted.machine) return false;
  if (!installedByHand()) return false;

  writeFileSync(stampFile, JSON.stringify(wanted));
  return true;
}

/** Somebody ran `npm install` themselves: npm's own record then agrees with the lock, and it need not run again. */
function installedByHand() {
  const record = readJson(join(modules, ".package-lock.json"))?.packages;
  const lock = readJson(lockFile)?.packages;
  if (!record || !lock) return false;

  const required = Object.entries(lock).filter(([path, entry]) => path !== "" && !entry.optional);
  return required.every(([path, entry]) => record[path]?.version === entry.version);
}

function install(wanted) {
  process.stdout.write("Installing dependencies (once; a minute or so) …\n");
  let { status, words } = npm("ci");
  // Without saving: the lock stays as it is, and what it names is installed just as `npm ci` would.
  if (status !== 0 && lacksOtherSystems(words)) ({ status, words } = npm("install", "--no-save"));
  if (status !== 0) {
    process.stderr.write(words);
    giveUp(
      "The dependencies could not be installed: npm's reason is above. " +
        "If this machine is offline, connect it and run the command again; afterwards nothing here needs the network.",
    );
  }
  if (!existsSync(join(modules, ".bin", "node"))) {
    giveUp(
      "npm did not set up Node 24 (package `node`), probably because it ignores install scripts: " +
        "run `npm config delete ignore-scripts`, then `npm ci`.",
    );
  }
  writeFileSync(stampFile, JSON.stringify(wanted));
}

function npm(...command) {
  // NODE_ENV=production would leave out the development dependencies, which everything here runs on.
  const args = [...command, "--include=dev", "--loglevel=error", "--no-audit", "--no-fund"];
  const done = spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "inherit", "pipe"],
    shell: process.platform === "win32",
  });
  if (done.error) giveUp(`npm could not be started (${done.error.message}): install Node.js with npm.`);
  return { status: done.status, words: done.stderr };
}

/**
 * `npm ci` refuses a lock that lacks some package's optional builds for other systems, though they matter to nobody
 * here. It then names them without a version; whatever else differs from package.json it names with one.
 */
function lacksOtherSystems(words) {
  const differences = words.split("\n").filter((line) => /\b(Missing|Invalid): /.test(line));
  return differences.length > 0 && differences.every((line) => /Missing: \S+@ from lock file/.test(line));
}

/** Runs `work` while no other set-up of this checkout does. */
async function alone(work) {
  for (let told = false; !takeTurnstile(); told = true) {
    if (!told) process.stdout.write("Another set-up of this folder is running; waiting for it …\n");
    await pause(LOOK_AGAIN_MS);
  }
  const release = () => rmSync(turnstile, { recursive: true, force: true });
  // giveUp exits at once: the lock must go then too.
  process.once("exit", release);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

  work();
  release();
}

function takeTurnstile() {
  try {
    mkdirSync(turnstile);
    writeFileSync(join(turnstile, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isAbandoned()) rmSync(turnstile, { recursive: true, force: true });
    return false;
  }
}

/** Left by a set-up that was killed: its owner is gone, or it is older than any installation takes. */
function isAbandoned() {
  const made = statSync(turnstile, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return false;

  const age = Date.now() - made;
  const owner = Number(readJson(join(turnstile, "pid")));
  if (!owner) return age > UNSIGNED_LOCK_MS;
  return owner === process.pid || !isAlive(owner) || age > LONGEST_INSTALL_MS;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** What the Worker serves as files, as pairs of where it is and where it goes under dist/assets. */
function assets() {
  const swagger = join(modules, "swagger-ui-dist");
  const docs = ["swagger-ui.css", "swagger-ui-bundle.js"].map((name) => [
    join(swagger, name),
    join("docs", name),
  ]);
  const web = join(root, "web");
  const own = filesUnder(web).filter((path) => /\.(css|js)$/.test(path));
  return [...docs, ...own.map((path) => [path, relative(web, path)])];
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** Copies one file unless it is there already; whoever reads it meanwhile sees the old or the new one, whole. */
function bring(from, to) {
  if (!existsSync(from)) giveUp(`${relative(root, from)} is missing: run \`npm ci\`.`);
  const content = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(content)) return;

  mkdirSync(dirname(to), { recursive: true });
  const draft = `${to}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, to);
}

/** The browser's own script is TypeScript: by the Node that was just installed, which reads it. */
function ensureBrowser() {
  const node = join(modules, ".bin", "node");
  const { status } = spawnSync(node, [join(root, "scripts", "browser.ts")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.exitCode = status ?? 1;
}

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  giveUp(`Beseda needs Node.js ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
}
mkdirSync(join(root, ".dev"), { recursive: true });

const wanted = wantedStamp();
if (!isInstalled(wanted)) {
  // Asked again inside: another set-up may have done the work while this one waited.
  await alone(() => isInstalled(wanted) || install(wanted));
}
for (const [from, to] of assets()) bring(from, join(root, "dist", "assets", to));
if (process.argv.includes("--browser")) ensureBrowser();
