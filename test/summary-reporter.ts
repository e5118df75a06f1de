import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line, "12 passed, 0 failed", that any tool can read. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((one) => one === state).length;
    const skipped = count("skipped");
    console.log(
      `\n${count("passed")} passed, ${count("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
    );
  }
}
