import { isFair, letterOf } from "./random.ts";

const PIN_DIGITS = 6;
const TOKEN_LENGTH = 32;

/**
 * Six digits that nobody can tell without the key: HMAC-SHA-512 of a name that is used once. A PIN is made so, and not
 * by dice, because it may have to be said again: a step that is played anew after a crash makes the same one, and it
 * need not be kept anywhere.
 */
export async function pinFrom(key: string, name: string): Promise<string> {
  const bytes = await macOf(key, `pin\n${name}`);
  // 48 bits: the first of a million remainders are likelier by less than 1 in 10^8.
  const number = bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** PIN_DIGITS).padStart(PIN_DIGITS, "0");
}

/** A token of 32 letters of base62 (190 bits) that nobody can tell without the key; for the same reason. */
export async function tokenFrom(key: string, name: string): Promise<string> {
  // 64 bytes, of which two are left out in the mean: that 33 are is less likely than a guess of the token.
  const fair = [...(await macOf(key, `token\n${name}`))].filter(isFair);
  return fair.slice(0, TOKEN_LENGTH).map(letterOf).join("");
}

async function macOf(key: string, text: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-512" };
  const secret = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", secret, encoder.encode(text)));
}
