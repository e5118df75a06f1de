import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { describe, expect, it } from "vitest";

describe("docs/site-developer.md", () => {
  const printed = [
    ...readFileSync("docs/site-developer.md", "utf8").matchAll(/^```(ts|php|python)\n(.*?)^```$/gms),
  ];
  const files: Readonly<Record<string, string>> = { ts: "site.ts", php: "site.php", python: "site.py" };

  it.each(Object.entries(files))(
    "prints of %s nothing but what stands in %s, word for word",
    (language, name) => {
      const code = readFileSync(`docs/site-examples/${name}`, "utf8");
      const blocks = printed.filter(([, of]) => of === language).map(([, , block = ""]) => block);

      expect(blocks.length).toBeGreaterThan(5);
      for (const block of blocks) expect(code).toContain(block);
    },
  );

  it("starts site.ts with the Node that npm has installed, also where the machine's own is older", () => {
    const text = readFileSync("docs/site-developer.md", "utf8");
    const [, program] = /^ +(\S.*) docs\/site-examples\/site\.ts$/m.exec(text) ?? [];
    const own = process.env.PATH?.split(delimiter).filter((place) => !place.includes("node_modules"));
    const env = { ...process.env, PATH: own?.join(delimiter) };

    expect(execSync(`${program} --version`, { env, encoding: "utf8" })).toMatch(/^v24\./);
  });
});
