import { z } from "zod";
import { MAPS, type MapName } from "../../main-system/endpoint.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import { Complaint } from "../command.ts";
import { checked, splitArguments } from "../command-line.ts";

/** How `npm run main-system:check` is called. */
export const USAGE = `Usage: npm run main-system:check -- <root of the API> [--token …] [--map shop --map helpdesk …]
         [--user <id>] [--post <id>] [--order <id>] [--request <id>] [--writes]
The token may stand in the environment: MAIN_SYSTEM_TOKEN. For an address of this machine, the token and the ids
of the local world are taken where none are given.
  --map      tries only what the account and this map need, and all of it must be there (${MAPS.slice(1).join(", ")});
             without it everything is tried, and only what the account needs must be there
  --user …   ids of things that are there; what has no id is not tried
  --writes   tries the writes as well, each twice under one Idempotency-Key. They leave a user, a comment, a request,
             a rating and a site behind: not for a system that people use
The exit code is 1 where something that must be there is missing or wrong.`;

/** Ids of things that the system has; a thing without an id is not tried. */
export interface KnownIds {
  readonly user: string;
  readonly post?: string | undefined;
  readonly order?: string | undefined;
  readonly request?: string | undefined;
}

/** What `npm run main-system:check` was asked to do. */
export interface CheckCommand {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** The maps whose endpoints are tried. */
  readonly tried: readonly MapName[];
  /** Those of them whose endpoints must be there. */
  readonly required: readonly MapName[];
  readonly ids: KnownIds;
  readonly writes: boolean;
}

const Given = z.object({
  url: z.url({ protocol: /^https?$/, error: "give the root of the system's API, with http(s)://" }),
  token: z.string("give --token, or set MAIN_SYSTEM_TOKEN").min(1),
  map: z.array(z.enum(MAPS, `is none of ${MAPS.join(", ")}`)).default([]),
  user: z.string("give the id of a user that is there"),
  post: z.string().optional(),
  order: z.string().optional(),
  request: z.string().optional(),
});

const HERE = ["localhost", "127.0.0.1", "[::1]"];

/** What the family site of the local world has. */
const LOCAL_WORLD = {
  token: "dev-site-token",
  user: String(endpoints.user.example.query.userId),
  post: String(endpoints.post.example.params.postId),
  order: String(endpoints.order.example.params.orderId),
  request: String(endpoints.request.example.params.requestId),
};

const OPTIONS = {
  token: { type: "string" },
  map: { type: "string", multiple: true },
  user: { type: "string" },
  post: { type: "string" },
  order: { type: "string" },
  request: { type: "string" },
  writes: { type: "boolean", default: false },
} as const;

/** Reads the command line and the environment. Throws a `Complaint` that never shows the token. */
export function checkCommandFrom(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CheckCommand {
  const { values, positionals } = splitArguments(args, OPTIONS, USAGE);
  const [url, ...others] = positionals;
  if (others.length > 0) throw new Complaint(`Too many words: ${others.join(" ")}\n\n${USAGE}`);

  const { writes, ...rest } = values;
  const token = env.MAIN_SYSTEM_TOKEN ? { token: env.MAIN_SYSTEM_TOKEN } : {};
  const usual = isHere(url) ? LOCAL_WORLD : {};
  const { map, ...given } = checked(Given, { url, ...usual, ...token, ...rest }, USAGE);
  const { user, post, order, request } = given;
  const named: readonly MapName[] = [...new Set<MapName>(["account", ...map])];
  return {
    url: given.url.replace(/\/+$/, ""),
    token: given.token,
    tried: map.length > 0 ? named : MAPS,
    required: named,
    ids: { user, post, order, request },
    writes,
  };
}

function isHere(url: string | undefined): boolean {
  return URL.canParse(url ?? "") && HERE.includes(new URL(url ?? "").hostname);
}
