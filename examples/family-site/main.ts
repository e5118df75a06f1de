import { z } from "zod";
import { startSite } from "./server.ts";
import { settingsFrom } from "./settings.ts";

/** Runs the site until it is told to stop. A wrong setting or a taken port is one sentence and exit code 1. */
async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const site = await startSite({
    ...settings,
    log: (message, details) => console.error(message, details ?? ""),
  });
  console.log(`Family site: ${site.url}`);

  const stop = () => void site.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

/** Why it did not start. */
function sentence(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `The family site cannot start: ${issue?.path.join(".")} is wrong (${issue?.message}).`;
  }
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    const port = "port" in error ? error.port : "";
    return `The family site cannot start: port ${port} is taken; set SITE_PORT to another one.`;
  }
  return `The family site cannot start: ${error instanceof Error ? error.message : error}`;
}

main().catch((error: unknown) => {
  console.error(sentence(error));
  process.exit(1);
});
