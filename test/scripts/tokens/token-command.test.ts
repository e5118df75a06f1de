import { describe, expect, it } from "vitest";
import { tokenCommandFrom } from "../../../scripts/tokens/token-command.ts";

const NOW = Date.UTC(2026, 10, 20);

describe("tokenCommandFrom", () => {
  it("reads a grant", () => {
    const line = ["create", "--name", "Shop", "--bots", "1, 2", "--aliases", "post/*,comment/new,post/*"];

    expect(parse([...line, "--expires", "2027-01-01"])).toEqual({
      kind: "create",
      remote: false,
      grant: {
        name: "Shop",
        bots: ["1", "2"],
        aliases: ["post/*", "comment/new"],
        expiresAt: Date.UTC(2027, 0, 1),
        callsPerMinute: 600,
      },
    });
    expect(parse([...line, "--remote"])).toMatchObject({ remote: true, grant: { expiresAt: null } });
    expect(parse([...line, "--per-minute", "30"])).toMatchObject({ grant: { callsPerMinute: 30 } });
    expect(parse([...line, "--per-minute", "unlimited"])).toMatchObject({ grant: { callsPerMinute: null } });
  });

  it("reads list and revoke", () => {
    expect(parse(["list", "--remote"])).toEqual({ kind: "list", remote: true });
    expect(parse(["revoke", "a-1"])).toEqual({ kind: "revoke", remote: false, id: "a-1" });
  });

  it.each([
    [["--bots", "1", "--aliases", "*"], "name: say whose token it is"],
    [["--name", "Shop", "--aliases", "*"], "bots: name the bots it is for"],
    [["--name", "Shop", "--bots", "1"], "aliases: name the aliases it may call"],
    [["--name", "Shop", "--bots", "1,", "--aliases", "*"], "is not the id of a bot"],
    [["--name", "Shop", "--bots", "1", "--aliases", "*/new"], "is not an alias (post/new) or a pattern"],
    [["--name", "a\nb", "--bots", "1", "--aliases", "*"], "takes 1 to 100 characters"],
    [
      ["--name", "Shop", "--bots", "1", "--aliases", "*", "--expires", "soon"],
      "is not a date like 2027-01-01",
    ],
    [["--name", "Shop", "--bots", "1", "--aliases", "*", "--expires", "2026-01-01"], "is not in the future"],
    [
      ["--name", "Shop", "--bots", "1", "--aliases", "*", "--per-minute", "0"],
      "per-minute: is not a number of calls, or unlimited",
    ],
    [["--name", "Shop", "--colour", "red"], "Unknown option '--colour'"],
    [
      ["--name", "Shop", "--bots", "1", "--aliases", "post/new.ts", "post/old.ts"],
      "Too many words: post/old.ts",
    ],
  ])("refuses create %j and says why", (line, reason) => {
    expect(() => parse(["create", ...line])).toThrow(reason);
  });

  it.each([[[]], [["burn"]], [["revoke"]], [["revoke", "a", "b"]]])("shows the usage for %j", (line) => {
    expect(() => parse(line)).toThrow("Usage: npm run token");
  });
});

function parse(line: readonly string[]) {
  return tokenCommandFrom(line, NOW);
}
