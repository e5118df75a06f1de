import { communicationsOf, maps } from "../../communications/registry.ts";
import type { Aliases } from "../../schema/scope-sql.ts";

/** What a token may do. */
interface Scopes {
  readonly bots: readonly string[];
  /** `*`, `post/*`, `users/update`. */
  readonly aliases: readonly string[];
}

/** Whether a token may use a bot. */
export function mayUseBot({ bots }: Scopes, botId: string): boolean {
  return bots.includes(botId);
}

/** Whether a token may call an alias. A pattern is the alias itself, or a beginning with `*` at its end. */
export function mayCall({ aliases }: Scopes, alias: string): boolean {
  return aliases.some((pattern) =>
    pattern.endsWith("*") ? alias.startsWith(pattern.slice(0, -1)) : alias === pattern,
  );
}

const everyAlias = Object.values(maps)
  .flatMap((map) => communicationsOf(map))
  .map(({ alias }) => alias);

/** The aliases whose calls a token may see: those that it may call. Of a token for all, also such as there were once. */
export function seenAliases(scopes: Scopes): Aliases {
  return scopes.aliases.includes("*") ? null : everyAlias.filter((alias) => mayCall(scopes, alias));
}

/** The bot of the short form of the URL: the one bot of a token that has just one. */
export function onlyBot({ bots }: Scopes): string | null {
  return bots.length === 1 ? (bots[0] ?? null) : null;
}
