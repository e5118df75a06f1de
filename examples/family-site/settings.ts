import { z } from "zod";
import type { SiteOptions } from "./server.ts";

const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

/** An empty variable counts as one that is not set. */
const Environment = z.preprocess(
  (env) => Object.fromEntries(Object.entries(env ?? {}).filter(([, value]) => value !== "")),
  z.object({
    SITE_PORT: z.coerce.number().int().min(0).max(65_535).default(8788),
    SITE_FILE: z.string().default(".dev/family-site.sqlite"),
    SITE_URL: Url.optional(),
    SITE_API_TOKEN: z.string().default("dev-site-token"),
    BOT_API_URL: Url.default("http://127.0.0.1:8787/api/v1/bots/1"),
    BOT_API_TOKEN: z.string().default("dev-token"),
    BOT_LINK: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:8081/"),
    BOT_START_LINK: Url.default("http://127.0.0.1:8081/t.me/beseda_demo_bot"),
  }),
);

/** The site's options from environment variables (the README lists them); a wrong one throws a `ZodError`. */
export function settingsFrom(env: Record<string, string | undefined>): SiteOptions {
  const read = Environment.parse(env);
  return {
    port: read.SITE_PORT,
    file: read.SITE_FILE,
    publicUrl: read.SITE_URL,
    apiToken: read.SITE_API_TOKEN,
    bot: { apiUrl: read.BOT_API_URL, token: read.BOT_API_TOKEN },
    botLink: read.BOT_LINK,
    botStartLink: read.BOT_START_LINK,
  };
}
