import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChildPlan } from "../../../scripts/processes/child.ts";
import { isAlive } from "../../../scripts/processes/group.ts";
import { untilHealthy } from "../../../scripts/processes/healthz.ts";
import { Household } from "../../../scripts/processes/household.ts";

/** Starts a grandchild, writes both process ids, and stays. */
const FAMILY = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
require("node:fs").writeFileSync("pids", process.pid + " " + child.pid);
setInterval(() => {}, 1000);
`;
const DEAF = `process.on("SIGTERM", () => {}); console.log("here"); setInterval(() => {}, 1000);`;

let folder: string;
let household: Household;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "household-"));
  household = new Household();
});

afterEach(async () => {
  household.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe("Household", () => {
  it("leaves neither children nor grandchildren behind", async () => {
    household.start(planOf(FAMILY));
    const pids = await pidsOfFamily();

    await household.end();

    expect(pids.filter(isAlive)).toEqual([]);
  });

  it("kills whoever does not hear the request to end", async () => {
    household = new Household(50);
    const heard = Promise.withResolvers<string>();
    const child = household.start(planOf(DEAF, { onLine: heard.resolve }));
    await heard.promise;

    await household.end();

    expect(await child.ended).toEqual({ ok: false, words: "signal SIGKILL" });
  });

  it("says who ended unexpectedly, how, and its last words", async () => {
    household.start(planOf(`console.error("no bread"); process.exitCode = 7;`));

    await expect(household.fell).rejects.toThrow(
      /The baker stopped unexpectedly \(exit code 7\)[\s\S]*no bread/,
    );
  });

  it("says nothing of those that ended because it asked them to", async () => {
    household.start(planOf(FAMILY));
    const fell = vi.fn();
    household.fell.catch(fell);

    await household.end();

    expect(fell).not.toHaveBeenCalled();
  });

  it("runs a process to its end, and complains where it fails", async () => {
    await expect(household.run(planOf(""))).resolves.toBeUndefined();
    await expect(household.run(planOf("process.exitCode = 1"))).rejects.toThrow("exit code 1");
  });

  it("starts nobody once it is ending", async () => {
    await household.end();

    expect(() => household.start(planOf(""))).toThrow("Stopped before the baker was started");
  });

  it("keeps what a child writes in its log, without colours", async () => {
    const child = household.start(planOf(`console.log("\\u001b[31mred\\u001b[0m"); console.error("plain");`));
    await child.logged;

    expect(readFileSync(child.log, "utf8").split("\n").sort()).toEqual(["", "plain", "red"]);
  });

  it("complains of a command that does not exist", () => {
    expect(() => household.start({ ...planOf(""), command: "/no/such/command" })).toThrow(
      "cannot be started",
    );
  });
});

describe("a household's process", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends everything and exits with 0 on %s",
    async (signal) => {
      const { house, exit } = keepHouse();
      const pids = await pidsOfFamily();

      house.kill(signal);

      expect(await exit).toEqual([0, null]);
      expect(pids.filter(isAlive)).toEqual([]);
    },
  );

  it("leaves nothing behind even when it is killed itself", async () => {
    const { house } = keepHouse();
    const pids = await pidsOfFamily();

    house.kill("SIGKILL");

    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 5_000 });
  });
});

describe("untilHealthy", () => {
  it("waits until the server answers 200, whatever it answers first", async () => {
    const answers = [503, 404];
    const server = createServer((_, response) => response.writeHead(answers.shift() ?? 200).end()).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;

    await untilHealthy(household.start(planOf(FAMILY)), url);

    expect(answers).toEqual([]);
    server.close();
  });

  it("gives up with the end of the log", async () => {
    const heard = Promise.withResolvers<string>();
    const child = household.start(planOf(DEAF, { onLine: heard.resolve }));
    await heard.promise;

    await expect(untilHealthy(child, "http://127.0.0.1:1", 0)).rejects.toThrow(
      /did not answer 200[\s\S]*baker\.log/,
    );
  });
});

function planOf(script: string, more: Partial<ChildPlan> = {}): ChildPlan {
  return {
    title: "the baker",
    command: process.execPath,
    args: ["-e", script],
    cwd: folder,
    env: {},
    log: join(folder, "baker.log"),
    onLine: () => {},
    ...more,
  };
}

/** A process of its own that keeps house as `npm start` does. */
function keepHouse() {
  const scripts = new URL("../../../scripts/", import.meta.url).href;
  writeFileSync(
    join(folder, "house.mjs"),
    `import { Household } from "${scripts}processes/household.ts";
     import { stopSignal } from "${scripts}local/stop-signal.ts";
     const household = new Household();
     const stop = stopSignal(() => household.kill());
     household.start({ ...${JSON.stringify(planOf(FAMILY))}, onLine: () => {} });
     await stop;
     await household.end();
     process.exit();`,
  );
  const house = spawn(process.execPath, ["house.mjs"], { cwd: folder });
  return { house, exit: once(house, "exit") };
}

function pidsOfFamily(): Promise<number[]> {
  return vi.waitFor(() => {
    const pids = readFileSync(join(folder, "pids"), "utf8").split(" ").map(Number);
    expect(pids).toHaveLength(2);
    return pids;
  }, 5_000);
}
