import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** Installs what set-up looks for, as npm would, and counts how often it was called. */
const FAKE_NPM = `#!/bin/sh
echo "$@" >> npm-calls
[ -f npm-fails ] && cat npm-fails >&2 && exit 1
[ "$1" = ci ] && [ -f ci-fails ] && cat ci-fails >&2 && exit 1
mkdir -p node_modules/.bin node_modules/swagger-ui-dist
touch node_modules/.bin/node node_modules/swagger-ui-dist/swagger-ui-bundle.js
echo "a{}" > node_modules/swagger-ui-dist/swagger-ui.css
cp package-lock.json node_modules/.package-lock.json
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "setup-"));
  write("package-lock.json", lockOf("1.0.0"));
  write("bin/npm", FAKE_NPM);
  chmodSync(join(root, "bin/npm"), 0o755);
  write("web/console/look.css", "body{}");
  write("web/notes.md", "not for serving");
  mkdirSync(join(root, "scripts"));
  copyFileSync(new URL("../../scripts/setup.mjs", import.meta.url), join(root, "scripts/setup.mjs"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("setup", () => {
  it("installs once and again only when the lock has changed", async () => {
    expect(await setUp()).toMatchObject({ code: 0 });
    expect(await setUp()).toEqual({ code: 0, words: "" });
    expect(npmCalls()).toHaveLength(1);

    write("package-lock.json", lockOf("2.0.0"));
    await setUp();

    expect(npmCalls()).toHaveLength(2);
    expect(npmCalls()[0]).toMatch(/^ci .*--loglevel=error/);
  });

  it("puts what the Worker serves into dist/assets, and renews what has changed", async () => {
    await setUp();
    expect(read("dist/assets/docs/swagger-ui.css")).toBe("a{}\n");
    expect(existsSync(join(root, "dist/assets/docs/swagger-ui-bundle.js"))).toBe(true);
    expect(existsSync(join(root, "dist/assets/notes.md"))).toBe(false);

    write("web/console/look.css", "body{color:red}");
    await setUp();

    expect(read("dist/assets/console/look.css")).toBe("body{color:red}");
  });

  it("takes node_modules as they are where somebody ran npm by hand", async () => {
    await setUp();
    rmSync(join(root, "node_modules/.beseda-setup.json"));

    await setUp();

    expect(npmCalls()).toHaveLength(1);
  });

  it("says what to do when npm fails, and tries again the next time", async () => {
    write("npm-fails", "npm error network");
    const failed = await setUp();
    expect(failed.code).toBe(1);
    expect(failed.words).toMatch(/npm error network[\s\S]*If this machine is offline/);

    rmSync(join(root, "npm-fails"));

    expect((await setUp()).code).toBe(0);
  });

  it("installs from a lock without other systems' builds, which npm ci refuses, and leaves it as it is", async () => {
    write("ci-fails", "npm error code EUSAGE\nnpm error Missing: @one/win32@ from lock file\n");

    expect(await setUp()).toMatchObject({ code: 0, words: expect.not.stringContaining("npm error") });

    expect(npmCalls()[1]).toMatch(/^install --no-save/);
  });

  it("does not install from a lock that differs from package.json", async () => {
    write(
      "ci-fails",
      "npm error Missing: @one/win32@ from lock file\nnpm error Missing: two@2.0.0 from lock file\n",
    );

    expect((await setUp()).code).toBe(1);
    expect(npmCalls()).toHaveLength(1);
  });

  it("installs once when two set-ups run together", async () => {
    const both = await Promise.all([setUp(), setUp()]);

    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmCalls()).toHaveLength(1);
  });

  it("passes over the lock of a set-up that was killed", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    write(".dev/setup.lock/pid", String(dead.pid));

    expect((await setUp()).code).toBe(0);
    expect(existsSync(join(root, ".dev/setup.lock"))).toBe(false);
  });
});

function lockOf(version: string): string {
  return JSON.stringify({ packages: { "": {}, "node_modules/one": { version } } });
}

async function setUp(): Promise<{ code: number | null; words: string }> {
  const path = `${join(root, "bin")}${delimiter}${process.env.PATH ?? ""}`;
  const child: ChildProcess = spawn(process.execPath, [join(root, "scripts/setup.mjs")], {
    env: { ...process.env, PATH: path },
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (words += String(part)));
  const [code] = await once(child, "close");
  return { code: typeof code === "number" ? code : null, words };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function npmCalls(): string[] {
  return read("npm-calls").trimEnd().split("\n");
}
