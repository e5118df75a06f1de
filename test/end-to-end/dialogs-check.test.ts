import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import { type AnyCommand, command } from "../../dialogs/communication.ts";
import { type Dialogs, dialogsOf } from "../../dialogs/dialogs.ts";
import { type CountedStep, inWords, liveSteps, missingSteps } from "../../scripts/dialogs/live-steps.ts";
import { askJson } from "../world/json.ts";
import type { Person } from "../world/person.ts";
import { issueToken } from "../world/tokens.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

/** "/newsite" as somebody might deploy it who has forgotten that people are asked for a name right now. */
const shorter = command({
  command: "newsite",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: async () => {}, cancel: async () => {}, late: async () => {} },
});

const own = dialogsOfBot("1");

let world: World;
let alexander: Person;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  [alexander, anna] = await Promise.all([world.person(127), world.person(1707)]);
  await Promise.all([alexander.signIn(), anna.signIn()]);
  for (const person of [alexander, anna]) {
    const after = await person.say("/newsite");
    await person.sees("назовём?", { after });
  }
});
afterAll(() => world?.close());

/** Where everybody stands, once `holds`. */
const live = (holds: (steps: readonly CountedStep[]) => boolean) =>
  until("where dialogs stand", () => liveSteps({ api: world.api.bot, token: "dev-token" }), holds);

const runsAt = (steps: readonly CountedStep[], step: string) =>
  steps.find((one) => one.alias === "/newsite" && one.step === step)?.runs ?? 0;

const bothAsked = () => live((steps) => runsAt(steps, "takeName") === 2);

/** The bot with another "/newsite", or none. */
function botWith(...others: readonly AnyCommand[]): Dialogs {
  const commands = own.commands.filter((one) => one.command !== "newsite");
  return dialogsOf({ ...own, commands: [...commands, ...others] });
}

/** The command as a developer runs it against the local bot: its words, where it ends with 0. */
async function dialogsCheck(): Promise<string> {
  const script = join(import.meta.dirname, "..", "..", "scripts", "dialogs-check.ts");
  const env = { ...process.env, PORT: new URL(world.api.url).port };
  return (await promisify(execFile)(process.execPath, [script], { env })).stdout;
}

describe("npm run dialogs:check", () => {
  it("ends well where this code has every step at which somebody stands", async () => {
    await bothAsked();

    expect(await dialogsCheck()).toMatch(
      /^Every open dialog has its step in this code \([1-9]\d* places looked at\)\.\n$/,
    );
  });

  it("names the step that a shorter dialog lacks, and how many stand there", async () => {
    const steps = await bothAsked();

    const missing = missingSteps(steps, botWith(shorter));

    expect(missing).toEqual([{ alias: "/newsite", step: "takeName", runs: 2 }]);
    expect(inWords(missing, steps)).toContain('  /newsite: step "takeName" — 2');
  });

  it("names every step of a dialog that is gone", async () => {
    const missing = missingSteps(await bothAsked(), botWith());

    expect(missing).toContainEqual({ alias: "/newsite", step: "takeName", runs: 2 });
    expect(new Set(missing.map(({ alias }) => alias))).toEqual(new Set(["/newsite"]));
  });

  it("is shown to no token but one that may call everything", async () => {
    const some = await issueToken(world.worker, { aliases: ["post/*", "users/*"] });
    const ask = async (token: string) =>
      (await askJson(`${world.api.bot}/runs`, { headers: { Authorization: `Bearer ${token}` } })).status;

    expect(await ask(some)).toBe(403);
    expect(await ask("bsd_nobody")).toBe(401);
    await expect(liveSteps({ api: world.api.bot, token: some })).rejects.toThrow("for every alias");
  });

  it("follows people as they go on, and forgets them when they are done", async () => {
    const after = await anna.say("Семья Керн");
    await anna.sees("имена одним сообщением", { after });

    await live((steps) => runsAt(steps, "takeName") === 1 && runsAt(steps, "takeMembers") === 1);

    for (const person of [alexander, anna]) await person.tap("Отмена");
    await live((steps) => steps.every(({ alias }) => alias !== "/newsite"));
  });
});
