import { describe, expect, it } from "vitest";
import { troubleOnly } from "../../../scripts/local/terminal.ts";

describe("troubleOnly", () => {
  it("shows the Worker's warnings and errors without Wrangler's marks", () => {
    const pick = troubleOnly();

    expect(pick("▲ [WARNING] late { by: 3 }", "stderr")).toBe("warning: late { by: 3 }");
    expect(pick("✘ [ERROR] broken", "stderr")).toBe("error: broken");
    expect(pick("    at fetch (workers/index.ts:9:1)", "stderr")).toBe("    at fetch (workers/index.ts:9:1)");
  });

  it("shows an uncaught error with its stack, but Wrangler's frames", () => {
    const pick = troubleOnly();

    expect(pick("[wrangler:error] Error: boom", "stdout")).toBe("Error: boom");
    expect(pick("    at fetch (workers/index.ts:9:1)", "stdout")).toBe("    at fetch (workers/index.ts:9:1)");
    expect(pick("    at __facade_invoke__ (common.ts:63:9)", "stdout")).toBeUndefined();
    expect(pick("[wrangler:info] GET /healthz 200 OK", "stdout")).toBeUndefined();
    expect(pick("    at rest", "stdout")).toBeUndefined();
  });

  it("keeps ordinary output and empty lines to the log", () => {
    const pick = troubleOnly();

    expect(pick("⎔ Starting local server...", "stdout")).toBeUndefined();
    expect(pick("", "stderr")).toBeUndefined();
  });

  it("keeps quiet about Wrangler's remarks, all their lines, and speaks again after them", () => {
    const pick = troubleOnly();

    expect(pick("▲ [WARNING] Scheduled Workers are not automatically triggered.", "stderr")).toBeUndefined();
    expect(pick("", "stderr")).toBeUndefined();
    expect(pick("  To manually trigger a scheduled event, run:", "stderr")).toBeUndefined();
    expect(pick("✘ [ERROR] broken", "stderr")).toBe("error: broken");
  });
});
