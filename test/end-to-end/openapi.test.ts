import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { askJson } from "../world/json.ts";
import { addSecondBot, issueToken } from "../world/tokens.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  await addSecondBot(world.worker);
});
afterAll(() => world?.close());

const Document = z.looseObject({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const WithExample = z.looseObject({
  requestBody: z.looseObject({
    content: z.object({ "application/json": z.looseObject({ example: z.record(z.string(), z.unknown()) }) }),
  }),
});

const withToken = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

/** The document of bot 1. */
async function document() {
  const { status, body } = await askJson(`${world.api.bot}/openapi.json`, withToken("dev-token"));
  expect(status).toBe(200);
  return Document.parse(body);
}

/** What examples are refused with that hold something which is given out once. */
const ONCE: Readonly<Record<string, string>> = {
  "/call/authorize": "pin-wrong",
  "/call/link": "not-verified",
  "/call/identify": "link-expired",
  "/call/miniapp/identify": "init-data-invalid",
};

describe("the OpenAPI document", () => {
  it("is for those who hold a token of that bot", async () => {
    const address = `${world.api.bot}/openapi.json`;
    const other = await issueToken(world.worker, { bots: ["2"] });

    const nobody = await askJson(address);
    const wrong = await askJson(address, withToken("wrong"));
    const foreign = await askJson(address, withToken(other));

    expect([nobody.status, wrong.status, foreign.status]).toEqual([401, 401, 403]);
    for (const { body } of [nobody, wrong, foreign])
      expect(Object.keys(body)).toEqual(["success", "message"]);
  });

  it("is OpenAPI 3.1, names its server, and has an operation for each alias of the bot and for all else", async () => {
    const { openapi, servers, paths } = await document();

    expect(openapi).toMatch(/^3\.1\./);
    expect(servers).toEqual([{ url: world.api.bot }]);
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        "/call/post/new",
        "/call/comment/new",
        "/calls",
        "/calls/{callId}",
        "/calls/{callId}/recipients",
        "/calls/{callId}/cancel",
        "/calls/{callId}/pause",
        "/calls/{callId}/resume",
        "/calls/{callId}/redrive",
        "/dead-letters",
        "/dead-letters/{id}/redrive",
        "/dead-letters/{id}/dismiss",
        "/health",
      ]),
    );
  });

  it("prints an example call for every operation that works as it stands, but for what is good once", async () => {
    const { paths, servers } = await document();
    const calls = Object.entries(paths).filter(([path]) => path.startsWith("/call/"));
    expect(calls.length).toBeGreaterThan(1);

    for (const [path, { post }] of calls) {
      const { example } = WithExample.parse(post).requestBody.content["application/json"];
      const { status, body } = await askJson(`${servers[0]?.url}${path}`, {
        method: "POST",
        headers: { ...withToken("dev-token").headers, "Content-Type": "application/json" },
        body: JSON.stringify(example),
      });

      // A PIN, or what a link holds, can't be printed: the example is understood, and refused.
      const refusal = ONCE[path];
      const expected = refusal ? { success: false, errorCode: refusal } : { success: true };
      expect({ path, status, body }).toMatchObject({ path, status: 200, body: expected });
    }
  });

  it("passes Spectral's lint of OpenAPI without an error or a warning", async () => {
    const folder = await mkdtemp(join(tmpdir(), "beseda-spectral-"));
    const file = join(folder, "openapi.json");
    const ruleset = join(folder, "ruleset.json");
    await writeFile(file, JSON.stringify(await document()));
    await writeFile(ruleset, JSON.stringify({ extends: "spectral:oas" }));

    const lint = promisify(execFile)(
      join(import.meta.dirname, "..", "..", "node_modules", ".bin", "spectral"),
      ["lint", file, "--ruleset", ruleset, "--fail-severity", "hint", "--format", "text"],
    );
    const said = await lint.then(
      ({ stdout }) => stdout,
      (failed: { stdout: string; stderr: string }) => `${failed.stdout}${failed.stderr}`,
    );
    await rm(folder, { recursive: true });

    expect(said).toContain("No results");
  });
});
