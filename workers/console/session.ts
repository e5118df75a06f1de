import { z } from "zod";
import { seal, unseal } from "../../contract/seal.ts";
import type { ApiToken } from "../../schema/api-tokens.ts";
import { tokenById } from "../../schema/token-check.ts";
import type { House } from "../house.ts";

/** How long somebody stays signed in to the docs. */
const SESSION_MS = 12 * 60 * 60 * 1000;

const Session = z.object({ tokenId: z.string(), until: z.number() });

/** A session for the holder of a token, sealed so that nobody can make one. */
export function openSession(token: ApiToken, house: House): Promise<string> {
  const until = house.now() + SESSION_MS;
  return seal(
    JSON.stringify({ tokenId: token.id, until } satisfies z.infer<typeof Session>),
    house.sealingKey,
  );
}

/** The token behind a session, where both are still good; else `null`. */
export async function tokenOfSession(cookie: string | undefined, house: House): Promise<ApiToken | null> {
  if (!cookie) return null;
  try {
    const session = Session.parse(JSON.parse(await unseal(cookie, house.sealingKey)));
    if (session.until < house.now()) return null;
    return await tokenById(house.db, session.tokenId, new Date(house.now()));
  } catch {
    // A cookie that was changed, or sealed with a key of before: sign in again.
    return null;
  }
}
