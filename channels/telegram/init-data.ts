import { z } from "zod";
import { sameSecret } from "../../contract/digest.ts";

/** A page that was opened longer ago is opened anew: what it was opened with may have been copied since. */
const OLDEST_MS = 60 * 60_000;
/** How much Telegram's clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

const User = z.object({ id: z.int() });

/** Whom Telegram names in a Mini App's `initData`. */
export interface MiniAppUser {
  /** The id of their private chat with the bot, which is their own (Bot API). */
  readonly externalId: string;
}

/**
 * Reads what Telegram gave a page that was opened in it (Bot API: "Validating data received via the Mini App"): all
 * fields but `hash`, under HMAC-SHA-256 with the key HMAC-SHA-256("WebAppData", the bot's token).
 * @param now milliseconds since 1970
 * @returns `null` where it is not from Telegram for this bot, or too old
 */
export async function readInitData(
  initData: string,
  token: string,
  now: number,
): Promise<MiniAppUser | null> {
  const given = [...new URLSearchParams(initData)];
  const fields = new Map(given);
  // Telegram names nothing twice, and breaks no line. The hash would still be right: lines are what is signed.
  if (fields.size < given.length || given.some((field) => field.join().includes("\n"))) return null;
  const hash = fields.get("hash") ?? "";
  fields.delete("hash");
  const lines = [...fields].map(([name, value]) => `${name}=${value}`).sort();
  const key = await mac(new Uint8Array(new TextEncoder().encode("WebAppData")), token);
  if (!(await sameSecret(hash, toHex(await mac(key, lines.join("\n")))))) return null;
  const age = now - Number(fields.get("auth_date")) * 1_000;
  if (!(age <= OLDEST_MS && age >= -AHEAD_MS)) return null;
  const user = User.safeParse(parsed(fields.get("user") ?? ""));
  return user.success ? { externalId: String(user.data.id) } : null;
}

async function mac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(text)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
