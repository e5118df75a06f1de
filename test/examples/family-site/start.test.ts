import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settingsFrom } from "../../../examples/family-site/settings.ts";
import { startWorld } from "./world.ts";

const MAIN = new URL("../../../examples/family-site/main.ts", import.meta.url).pathname;
const NODE = new URL("../../../node_modules/.bin/node", import.meta.url).pathname;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "family-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the site as `npm start` does; `said` is what it has printed so far. */
function run(env: Record<string, string>) {
  const child = spawn(NODE, [MAIN], {
    env: { ...process.env, SITE_FILE: join(folder, "site.sqlite"), ...env },
  });
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said.text += chunk));
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, said, code };
}

describe("an empty site", () => {
  it("is seeded once, and the seeds tell the bot nothing", async () => {
    const file = join(folder, "site.sqlite");
    const first = await startWorld({ file });
    expect((await first.api("/user", { firstname: "Иван", phone: "79995554433" })).body).toEqual({
      userId: 1708,
    });
    await first.site.close();

    const second = await startWorld({ file, fakeClock: first.clock, fakeBot: first.bot });
    const family = await (await fetch(`${second.site.url}/family`)).text();
    second.clock.pass(60_000);

    expect(family.split('data-testid="member"').length - 1).toBe(13);
    expect((await second.api("/user?userId=1707")).body).toMatchObject({
      name: "Анна",
      surname: "Керн",
      phone: "79161234567",
    });
    expect((await second.api("/user?userId=9")).body).toMatchObject({ role: "manager", isActive: true });
    expect((await second.api("/user?userId=10")).body).toMatchObject({ isActive: false });
    expect(first.bot.calls).toEqual([]);
  });

  it("answers /healthz", async () => {
    const { site } = await startWorld();

    expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
  });
});

describe("main", () => {
  it("serves until it is told to stop, and ends cleanly", async () => {
    const { child, said, code } = run({ SITE_PORT: "0" });
    await expect.poll(() => said.text, { timeout: 10_000 }).toMatch(/Family site: http:\/\/127\.0\.0\.1:\d+/);
    const url = /http:\S+/.exec(said.text)?.[0] ?? "";
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    child.kill("SIGTERM");

    expect(await code).toBe(0);
  }, 15_000);

  it("says in one sentence that the port is taken, and exits with 1", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;

    const { said, code } = run({ SITE_PORT: String(port) });

    expect(await code).toBe(1);
    expect(said.text.trim()).toBe(
      `The family site cannot start: port ${port} is taken; set SITE_PORT to another one.`,
    );
    other.close();
  }, 15_000);
});

describe("settingsFrom", () => {
  it("knows the local world by heart", () => {
    expect(settingsFrom({ SITE_PORT: "" })).toEqual({
      port: 8788,
      file: ".dev/family-site.sqlite",
      publicUrl: undefined,
      apiToken: "dev-site-token",
      bot: { apiUrl: "http://127.0.0.1:8787/api/v1/bots/1", token: "dev-token" },
      botLink: "http://127.0.0.1:8081/",
      botStartLink: "http://127.0.0.1:8081/t.me/beseda_demo_bot",
    });
  });

  it("refuses what is no port or no address", () => {
    expect(() => settingsFrom({ SITE_PORT: "eighty" })).toThrow();
    expect(() => settingsFrom({ BOT_API_URL: "localhost:8787" })).toThrow();
  });
});
