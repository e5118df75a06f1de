import { z } from "zod";
import { CALLS_PER_MINUTE } from "../../contract/defaults.ts";
import { When } from "../../contract/when.ts";
import { Complaint } from "../command.ts";
import { checked, splitArguments } from "../command-line.ts";

const USAGE = `Usage: npm run token -- create --name "Shop" --bots 1,2 --aliases 'post/*,comment/new' [--expires 2027-01-01] \\
         [--per-minute ${CALLS_PER_MINUTE}]
       npm run token -- list
       npm run token -- revoke <id>
Add --remote for the deployed database. Quote the aliases: the shell would expand the asterisk. '*' is every alias.
A token may make ${CALLS_PER_MINUTE} calls a minute unless told otherwise; "unlimited" is as many as it likes.`;

const ALIAS_PATTERN = /^(\*|[a-z0-9-]+(\/[a-z0-9-]+)*(\/\*)?)$/;

const BotId = z.string().regex(/^[\w-]{1,64}$/, "is not the id of a bot");
const AliasPattern = z.string().regex(ALIAS_PATTERN, "is not an alias (post/new) or a pattern (post/*, *)");

/** A list as people write it: parts between commas, at least one. */
const listOf = <Part extends z.ZodType<string, string>>(part: Part, missing: string) =>
  z
    .string(missing)
    .transform((text) => [...new Set(text.split(",").map((one) => one.trim()))])
    .pipe(z.array(part).max(100));

const NO_LIMIT = "unlimited";

const PerMinute = z.union(
  [
    z.literal(NO_LIMIT).transform(() => null),
    z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number),
  ],
  `is not a number of calls, or ${NO_LIMIT}`,
);

const NewTokenOptions = z.object({
  name: z
    .string("say whose token it is")
    .trim()
    .regex(/^[^\p{Cc}]{1,100}$/u, "takes 1 to 100 characters"),
  bots: listOf(BotId, "name the bots it is for"),
  aliases: listOf(AliasPattern, "name the aliases it may call"),
  expires: z.union([z.iso.date(), When], "is not a date like 2027-01-01").optional(),
  "per-minute": PerMinute.default(CALLS_PER_MINUTE),
});

/** What a new token is good for. */
export interface TokenGrant {
  readonly name: string;
  readonly bots: readonly string[];
  readonly aliases: readonly string[];
  /** In ms since 1970, or `null` for until revoked. */
  readonly expiresAt: number | null;
  /** Most calls a minute; `null` is no limit. */
  readonly callsPerMinute: number | null;
}

/** What `npm run token` was asked to do. */
export type TokenCommand = { readonly remote: boolean } & (
  | { readonly kind: "create"; readonly grant: TokenGrant }
  | { readonly kind: "list" }
  | { readonly kind: "revoke"; readonly id: string }
);

/** Reads the command line. Throws a `Complaint` with the usage where it cannot be followed. */
export function tokenCommandFrom(args: readonly string[], now: number): TokenCommand {
  const options = {
    name: { type: "string" },
    bots: { type: "string" },
    aliases: { type: "string" },
    expires: { type: "string" },
    "per-minute": { type: "string" },
    remote: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = splitArguments(args, options, USAGE);
  const { remote, ...rest } = values;
  const [kind, ...words] = positionals;
  if (kind === "revoke") return { kind, remote, id: onlyWord(words) };

  if (words.length > 0) throw new Complaint(`Too many words: ${words.join(" ")}\n\n${USAGE}`);
  if (kind === "list") return { kind, remote };
  if (kind === "create") return { kind, remote, grant: grantFrom(rest, now) };
  throw new Complaint(USAGE);
}

function grantFrom(given: unknown, now: number): TokenGrant {
  const { expires, "per-minute": callsPerMinute, ...grant } = checked(NewTokenOptions, given, USAGE);
  const expiresAt = expires ? Date.parse(expires) : null;
  if (expiresAt !== null && expiresAt <= now)
    throw new Complaint(`--expires ${expires} is not in the future.`);
  return { ...grant, expiresAt, callsPerMinute };
}

function onlyWord(words: readonly string[]): string {
  const [word, ...others] = words;
  if (word && others.length === 0) return word;
  throw new Complaint(`Give the id of the one token to revoke; list shows the ids.\n\n${USAGE}`);
}
