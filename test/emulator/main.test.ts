import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { endAfterTest, type Json } from "./world-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "emulator-main-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(port: number): Child {
  const env = {
    ...process.env,
    EMULATOR_PORT: String(port),
    EMULATOR_FILE: join(folder, "state", "e.sqlite"),
  };
  const child = spawn(process.execPath, ["emulator/main.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  endAfterTest({
    close: async () => {
      if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
    },
  });
  return child;
}

async function urlOf(child: Child): Promise<string> {
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const found = /http:\/\/[\d.]+:\d+/.exec(said);
    if (found) return found[0];
  }
  throw new Error(`it ended without an address: ${said}`);
}

describe("the emulator's process", () => {
  it("seeds two people once, and ends at a signal although a phone listens", async () => {
    const child = start(0);
    const url = await urlOf(child);
    const { users } = (await (await fetch(`${url}/emulator/users`)).json()) as { users: Json[] };
    await fetch(`${url}/emulator/users/127/events`);

    child.kill("SIGTERM");
    const [code] = await once(child, "exit");

    expect(users.map((user) => user.id)).toEqual([127, 1707]);
    expect(code).toBe(0);
  });

  it("says in one sentence that its port is taken", async () => {
    const url = await urlOf(start(0));

    const second = start(Number(new URL(url).port));
    const [[code], said] = await Promise.all([once(second, "exit"), text(second.stderr)]);

    expect(code).toBe(1);
    expect(said.trim()).toMatch(/^Port \d+ is taken: .*EMULATOR_PORT\.$/);
  });
});
