import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chromiumPath } from "../../scripts/browser.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browser-"));
  vi.stubEnv("CHROMIUM_PATH", "");
  vi.stubEnv("PATH", folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("chromiumPath", () => {
  it("takes CHROMIUM_PATH before the one on the PATH", () => {
    const onPath = browserAt("chromium");
    expect(chromiumPath()).toBe(onPath);

    vi.stubEnv("CHROMIUM_PATH", browserAt("mine"));

    expect(chromiumPath()).toBe(join(folder, "mine"));
  });

  it("complains of a CHROMIUM_PATH that cannot be run", () => {
    vi.stubEnv("CHROMIUM_PATH", join(folder, "nothing"));

    expect(() => chromiumPath()).toThrow("cannot be run");
  });
});

function browserAt(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  chmodSync(path, 0o755);
  return path;
}
