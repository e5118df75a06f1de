import type { D1Database } from "@cloudflare/workers-types";
import { sha256 } from "../contract/digest.ts";
import { seal } from "../contract/seal.ts";
import { apiTokens } from "./api-tokens.ts";
import { bots } from "./bots.ts";
import { ask, database } from "./database.ts";

/** Addresses of the local world. */
interface LocalWorld {
  /** Root of the family site, without a slash at its end. */
  readonly site: string;
}

/**
 * Puts the demo bot 1 and the token `dev-token` into a development database. Done again, it renews the bot's
 * settings, since the ports and the sealing key may have changed.
 */
export async function seedDevelopment(
  binding: D1Database,
  sealingKey: string,
  { site }: LocalWorld,
): Promise<void> {
  const db = database(binding);
  const createdAt = new Date();
  const settings = {
    name: "Beseda",
    username: "beseda_demo_bot",
    siteUrl: site,
    channelToken: await seal("100001:DEMO", sealingKey),
    systemUrl: `${site}/api`,
    systemToken: await seal("dev-site-token", sealingKey),
    smsGateway: "emulator" as const,
    smsCredentials: await seal("{}", sealingKey),
  };
  const token = {
    id: "dev",
    name: "Development",
    hash: await sha256("dev-token"),
    bots: ["1"],
    aliases: ["*"],
    callsPerMinute: null,
  };
  await ask(
    db.batch([
      db
        .insert(bots)
        .values({ id: "1", ...settings, createdAt })
        .onConflictDoUpdate({ target: bots.id, set: settings }),
      db
        .insert(apiTokens)
        .values({ ...token, createdAt })
        .onConflictDoUpdate({ target: apiTokens.id, set: { callsPerMinute: null } }),
    ]),
  );
}
