import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { endpoints } from "../../../main-system/endpoints/endpoints.ts";
import { documents } from "../../../scripts/main-system/documents.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const made = documents();

describe("the documents of the main system", () => {
  it.each(Object.keys(made))("%s is up to date (npm run main-system:docs)", async (path) => {
    expect(await readFile(join(ROOT, path), "utf8")).toBe(made[path]);
  });

  it("tell of every endpoint: who needs it, how it is asked, what it answers", () => {
    const text = made["docs/main-system.md"] ?? "";
    const { paths } = JSON.parse(made["docs/main-system.openapi.json"] ?? "");

    for (const { method, path, summary, name, maps } of Object.values(endpoints)) {
      expect(text).toContain(`### \`${method} ${path}\`\n\n${summary.slice(0, 60)}`);
      expect(paths[path][method.toLowerCase()]).toMatchObject({ operationId: name, tags: maps });
    }
  });

  it("lead from the overview to each endpoint", () => {
    const text = made["docs/main-system.md"] ?? "";
    const headings = [...text.matchAll(/^### `(.*)`$/gm)].map(([, title = ""]) =>
      title.toLowerCase().replace(/[/{}]/g, "").replaceAll(" ", "-"),
    );

    const anchors = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);

    expect(anchors.toSorted()).toEqual(headings.toSorted());
  });

  it("pass Spectral's lint of OpenAPI without an error or a warning", { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "beseda-spectral-"));
    const ruleset = join(folder, "ruleset.json");
    await writeFile(ruleset, JSON.stringify({ extends: "spectral:oas" }));

    const lint = promisify(execFile)(join(ROOT, "node_modules", ".bin", "spectral"), [
      ...["lint", join(ROOT, "docs", "main-system.openapi.json"), "--ruleset", ruleset],
      ...["--fail-severity", "hint", "--format", "text"],
    ]);
    const said = await lint.then(
      ({ stdout }) => stdout,
      (failed: { stdout: string; stderr: string }) => `${failed.stdout}${failed.stderr}`,
    );
    await rm(folder, { recursive: true });

    expect(said).toContain("No results");
  });
});
