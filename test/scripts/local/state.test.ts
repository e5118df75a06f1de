import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Places, placesIn } from "../../../scripts/local/places.ts";
import { developmentSecrets, writeWorkerEnv } from "../../../scripts/local/secrets.ts";
import { reset } from "../../../scripts/reset.ts";

let places: Places;

beforeEach(() => {
  places = placesIn(mkdtempSync(join(tmpdir(), "state-")));
});

afterEach(() => rmSync(places.state, { recursive: true, force: true }));

describe("developmentSecrets", () => {
  it("makes a key of 32 bytes once, for its owner's eyes alone", () => {
    const secrets = developmentSecrets(places);

    expect(Buffer.from(secrets.SEALING_KEY, "base64")).toHaveLength(32);
    expect(developmentSecrets(places)).toEqual(secrets);
    expect(statSync(places.secrets).mode & 0o777).toBe(0o600);
  });

  it("complains of a damaged file instead of making another key", () => {
    writeFileSync(places.secrets, "{");

    expect(() => developmentSecrets(places)).toThrow("npm run reset");
  });

  it("are written for Wrangler so that others cannot read them", () => {
    writeWorkerEnv(places, { SEALING_KEY: "abc=" });

    expect(readFileSync(places.workerEnv, "utf8")).toBe('SEALING_KEY="abc="\n');
    expect(statSync(places.workerEnv).mode & 0o777).toBe(0o600);
  });
});

describe("reset", () => {
  it("forgets the state", () => {
    writeFileSync(places.secrets, "{}");

    reset(places);

    expect(existsSync(places.state)).toBe(false);
  });

  it("refuses while a start runs on it, and not after", () => {
    const start = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "start.ts"]);
    writeFileSync(places.pid, String(start.pid));
    try {
      expect(() => reset(places)).toThrow(`process ${start.pid}`);
      expect(existsSync(places.state)).toBe(true);
    } finally {
      start.kill("SIGKILL");
    }
  });

  it("is not held up by another process that has the number of a former start", () => {
    writeFileSync(places.pid, String(process.ppid));

    reset(places);

    expect(existsSync(places.state)).toBe(false);
  });
});
