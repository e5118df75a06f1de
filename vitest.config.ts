import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

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
  "kit",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: onNode.map((room) => `test/${room}/**/*.test.ts`),
          environment: "node",
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" }, remoteBindings: false })],
        test: { name: "workerd", include: ["test/{workers,durable-objects,schema}/**/*.test.ts"] },
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
