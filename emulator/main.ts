import { z } from "zod";
import { DEMO_BOT } from "./options.ts";
import { seed } from "./seed.ts";
import { type Emulator, startEmulator } from "./server.ts";

/** What the process may be told by its environment. */
const Environment = z.object({
  EMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
  EMULATOR_HOST: z.string().default("127.0.0.1"),
  EMULATOR_FILE: z.string().default(".dev/emulator.sqlite"),
});

// Node calls type stripping, which serves the phone's modules, experimental at every start; this is known.
process.removeAllListeners("warning");
process.on("warning", (warning: Error) => {
  if (warning.name !== "ExperimentalWarning") console.error(warning);
});

const environment = Environment.safeParse(process.env);
if (!environment.success) fail(z.prettifyError(environment.error));
const { EMULATOR_PORT: port, EMULATOR_HOST: host, EMULATOR_FILE: file } = environment.data;

const emulator = await startEmulator({ port, host, file, log: (line) => console.error(line) }).catch(explain);
seed(emulator.world);
console.log(`Emulator: ${emulator.url} (phone), ${emulator.url}/bot${DEMO_BOT.token}/getMe (Bot API)`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end(emulator));

async function end(running: Emulator): Promise<void> {
  await running.close();
  process.exit(0);
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code === "EADDRINUSE")
    return fail(`Port ${port} is taken: stop what runs there, or set EMULATOR_PORT.`);
  return fail(`The emulator could not start: ${error.message}`);
}

function fail(sentence: string): never {
  console.error(sentence);
  return process.exit(1) as never;
}
