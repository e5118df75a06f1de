import { z } from "zod";
import { checked, splitArguments } from "../command-line.ts";
import { settingsFrom } from "../local/settings.ts";

/** What `npm run dialogs:check` was asked to look at. */
export interface CheckCommand {
  /** Address of the bot's API, without a slash at its end. */
  readonly api: string;
  readonly token: string;
  readonly botId: string;
}

const USAGE = `Usage: npm run dialogs:check -- [--bot 1]
       npm run dialogs:check -- --remote --url https://<your Worker> [--bot 1]
Asks the running bot where its open dialogs stand, and lists those whose step this code does not have.
Environment, for --remote: BESEDA_TOKEN, an API token of that bot that may call everything ('*').`;

const Bot = z.object({ bot: z.string().regex(/^[\w-]{1,64}$/, "is not the id of a bot") });
const Remote = z.object({
  url: z.url("give the Worker's https address").startsWith("https://", "give the Worker's https address"),
  BESEDA_TOKEN: z.string("set it to an API token of the bot").min(1),
});

/** Reads the command line and the environment. Throws a `Complaint` that never shows the token. */
export function checkCommandFrom(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CheckCommand {
  const options = {
    remote: { type: "boolean" },
    url: { type: "string" },
    bot: { type: "string", default: "1" },
  } as const;
  const { values } = splitArguments(args, options, USAGE);
  const { bot: botId } = checked(Bot, values, USAGE);
  if (!values.remote && values.url === undefined)
    return { api: apiOf(settingsFrom(env).urls.worker, botId), token: "dev-token", botId };
  const { url, BESEDA_TOKEN: token } = checked(Remote, { ...values, ...env }, USAGE);
  return { api: apiOf(new URL(url).origin, botId), token, botId };
}

function apiOf(origin: string, botId: string): string {
  return `${origin}/api/v1/bots/${botId}`;
}
