import { BrokenData } from "./errors.ts";

const NONCE_BYTES = 12;

/** Text as bytes of base64, and back. */
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** The key that seals secrets at rest, from the Worker secret `SEALING_KEY` (32 bytes, base64). */
function sealingKey(secret: string) {
  return crypto.subtle.importKey("raw", fromBase64(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Seals a secret for keeping in the database (AES-256-GCM, a fresh nonce each time). */
export async function seal(plain: string, secret: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const bytes = new TextEncoder().encode(plain);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await sealingKey(secret), bytes);
  return `${toBase64(nonce)}.${toBase64(new Uint8Array(sealed))}`;
}

/** Opens what `seal` made. @throws BrokenData where it was sealed with another key, or changed. */
export async function unseal(sealed: string, secret: string): Promise<string> {
  const [nonce = "", body = ""] = sealed.split(".");
  try {
    const key = await sealingKey(secret);
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: fromBase64(nonce) },
      key,
      fromBase64(body),
    );
    return new TextDecoder().decode(plain);
  } catch (cause) {
    throw new BrokenData("A sealed secret can't be opened with the present SEALING_KEY", { cause });
  }
}
