/** Opus counts its granules so many to a second, whatever the recording's own rate (RFC 7845, 4). */
const GRANULES_PER_SECOND = 48_000;

/** Where a page of Ogg says how far it has come (RFC 3533, 6). */
const GRANULE_AT = 6;

/** Where Opus' header says how many granules at the start are not played (RFC 7845, 5.1). */
const PRE_SKIP_AT = 10;

/** How long an Opus recording in Ogg lasts, in whole seconds; `null` for all else. */
export function oggSeconds(bytes: Uint8Array): number | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = file.indexOf("OpusHead");
  const lastPage = file.lastIndexOf("OggS");
  const complete = header + PRE_SKIP_AT + 2 <= file.length && lastPage + GRANULE_AT + 8 <= file.length;
  if (!file.subarray(0, 4).equals(Buffer.from("OggS")) || header < 0 || !complete) return null;
  const granules =
    Number(file.readBigUInt64LE(lastPage + GRANULE_AT)) - file.readUInt16LE(header + PRE_SKIP_AT);
  return Math.max(0, Math.round(granules / GRANULES_PER_SECOND));
}
