import { Complaint } from "../command.ts";

/** The three servers of the local world: their default port and the variable that changes it. */
export const servers = {
  worker: { title: "the Worker", variable: "PORT", port: 8787 },
  emulator: { title: "the Telegram emulator", variable: "EMULATOR_PORT", port: 8081 },
  site: { title: "the family site", variable: "SITE_PORT", port: 8788 },
} as const;

export type ServerName = keyof typeof servers;
export const serverNames = ["worker", "emulator", "site"] as const satisfies readonly ServerName[];

/** What one run of the local world goes by. */
export interface Settings {
  readonly ports: Readonly<Record<ServerName, number>>;
  readonly urls: Readonly<Record<ServerName, string>>;
  /** Where the Worker finds the Bot API: the emulator unless TELEGRAM_API_ROOT says otherwise. */
  readonly botApi: string;
}

/** Reads the settings from the environment. Throws a `Complaint` on a port that cannot be one. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const ports = {
    worker: portFrom(env, "worker"),
    emulator: portFrom(env, "emulator"),
    site: portFrom(env, "site"),
  };
  refuseTwins(ports);
  const urls = { worker: urlOf(ports.worker), emulator: urlOf(ports.emulator), site: urlOf(ports.site) };
  return { ports, urls, botApi: env.TELEGRAM_API_ROOT?.replace(/\/+$/, "") || urls.emulator };
}

function portFrom(env: Readonly<Record<string, string | undefined>>, name: ServerName): number {
  const { variable, port } = servers[name];
  const text = env[variable]?.trim();
  if (!text) return port;

  const given = Number(text);
  if (Number.isInteger(given) && given >= 1 && given <= 65_535) return given;
  throw new Complaint(`${variable}=${text} is not a port: give a number from 1 to 65535.`);
}

function refuseTwins(ports: Settings["ports"]): void {
  for (const [index, name] of serverNames.entries()) {
    const twin = serverNames.slice(0, index).find((earlier) => ports[earlier] === ports[name]);
    if (!twin) continue;
    throw new Complaint(
      `${servers[twin].variable} and ${servers[name].variable} are both ${ports[name]}: give each server its own port.`,
    );
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
