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

export default defineConfig({
  test: {
    silent: "passed-only",
    reporters: ["default", new SummaryReporter()],
    projects: [
      {
        test: { name: "unit", include: onNode.map((room) => `test/${room}/**/*.test.ts`) },
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
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["test/{end-to-end,browser}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
