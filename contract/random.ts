const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The largest multiple of 62 in a byte: bytes above it would make the first letters likelier. */
const FAIR_BYTES = 248;

/** Whether a byte may become a letter: each letter is then equally likely. */
export function isFair(byte: number): boolean {
  return byte < FAIR_BYTES;
}

/** The letter of base62 that a fair byte becomes. */
export function letterOf(byte: number): string {
  return BASE62.charAt(byte % BASE62.length);
}

/** `length` letters of base62 from a CSPRNG, each equally likely: 16 of them hold 95 bits. */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (isFair(byte) && text.length < length) text += letterOf(byte);
    }
  }
  return text;
}
