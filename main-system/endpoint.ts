import type { z } from "zod";
import type { MainSystem } from "../contract/ports.ts";

/** The communication maps that need something of the main system. "account" is the part of every bot. */
export const MAPS = ["account", "family-site", "shop", "helpdesk"] as const;

/** A communication map that needs something of the main system. */
export type MapName = (typeof MAPS)[number];

/**
 * One endpoint that a main system offers the bot. The typed client, its document and the check of a real system all
 * read it here; the schemas describe the wire, and what `answer` makes of it is in our words.
 */
export interface Endpoint {
  /** The method of the port that asks it. */
  readonly name: keyof MainSystem;
  /** A GET is a read. A POST is a write: it carries an `Idempotency-Key`. */
  readonly method: "GET" | "POST";
  /** From the root of the API, with `{names}` of path parameters. */
  readonly path: `/${string}`;
  /** What it is for, in one sentence. */
  readonly summary: string;
  /** The maps whose communications ask it. */
  readonly maps: readonly MapName[];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly answer: z.ZodType;
  /** What a 404 says, and what the bot makes of it. */
  readonly absent: string;
  /** Whether those who ask within some seconds share one answer, and why (not). Writes are never shared. */
  readonly shared?: { readonly is: boolean; readonly why: string };
  /** One request and its answer on the wire, of the demonstration's people. */
  readonly example: {
    readonly params?: Readonly<Record<string, string | number>>;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly body?: unknown;
    readonly answer: unknown;
  };
}

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? { readonly [One in Name]: z.input<Schema> }
  : unknown;

/** What a request to any endpoint may be made of; a parameter that is `undefined` is left out. */
export interface AskedParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What a request to an endpoint is made of, as it goes over the wire. */
export type Asked<Of extends Endpoint> = AskedParts &
  Part<"params", Of["params"]> &
  Part<"query", Of["query"]> &
  Part<"body", Of["body"]>;

/** What an endpoint answers, in our words. */
export type Answer<Of extends Endpoint> = z.output<Of["answer"]>;

/** What reads an endpoint's answer. The compiler loses its type where it knows an endpoint by a type parameter alone. */
export function reader<Of extends Endpoint>({ answer }: Of): z.ZodType<Answer<Of>> {
  return answer as z.ZodType<Answer<Of>>;
}

/** Where an endpoint is asked, from the root of the API: the path with its parameters, and the query. */
export function addressOf({ path }: Pick<Endpoint, "path">, { params = {}, query = {} }: AskedParts): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, String(value));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}
