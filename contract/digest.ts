const asHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 of a text, as hex. */
export async function sha256(text: string): Promise<string> {
  return asHex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** HMAC-SHA-256 of a text under a key, as hex. */
export async function hmac(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const raw = await crypto.subtle.importKey(
    "raw",
    encoder.encode(key),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return asHex(await crypto.subtle.sign("HMAC", raw, encoder.encode(text)));
}

/** Whether two texts are equal, in a time that tells nothing about where they differ: their digests are compared. */
export async function sameSecret(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one), sha256(other)]);
  let difference = 0;
  for (let at = 0; at < left.length; at += 1) difference |= left.charCodeAt(at) ^ right.charCodeAt(at);
  return difference === 0;
}
