import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./test/summary-reporter.ts";

/** Rooms whose tests run in plain Node: pure code, and whatever runs beside the Worker. */
const onNode = [
  "contract",
  "dialogs",
  "communications",
  "channels",
  "main-system",
  "emulator",
  "examples",
  "scripts",
];

/** A key for tests: 32 bytes of zeros, base64. */
const SEALING_KEY = btoa("\0".repeat(32));
process.env.SEALING_KEY ??= SEALING_KEY;

/** Vitest leaves one core to others unless told: of two that is half. */
const ALL_CORES = "100%";

/** Tests of how fast something is done: nothing else runs beside them. */
const IN_REAL_TIME = ["test/end-to-end/pace.test.ts"];

/** What tests have in common that start a whole world. */
const endToEnd = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    silent: "passed-only",
    reporters: ["default", new SummaryReporter()],
    projects: [
      {
        test: {
          name: "unit",
          testTimeout: 20_000,
          include: onNode.map((room) => `test/${room}/**/*.test.ts`),
          maxWorkers: ALL_CORES,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            remoteBindings: false,
            miniflare: {
              bindings: {
                SEALING_KEY,
                TELEGRAM_API_ROOT: "http://telegram.test",
                MIGRATIONS: await readD1Migrations("schema/migrations"),
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          testTimeout: 20_000,
          include: ["test/{workers,durable-objects,schema}/**/*.test.ts"],
          setupFiles: ["test/workers/set-up.ts"],
          maxWorkers: ALL_CORES,
        },
      },
      {
        test: {
          ...endToEnd,
          name: "end-to-end",
          include: ["test/{end-to-end,browser}/**/*.test.ts"],
          exclude: IN_REAL_TIME,
          // Most of their time they wait: for a queue, a pace, a page.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...endToEnd,
          name: "real-time",
          include: IN_REAL_TIME,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
