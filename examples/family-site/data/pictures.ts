import type { Database } from "./database.ts";

/** A picture as it was uploaded. */
export interface Picture {
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

/** The formats that messengers show as a photo. */
export type PictureType = "image/jpeg" | "image/png";

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the bytes really are, whatever the upload claimed; `null` where it is no picture we take. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  const startsWith = (signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte);
  if (startsWith(JPEG)) return "image/jpeg";
  return startsWith(PNG) ? "image/png" : null;
}

/** Stores a picture and returns its id. */
export function addPicture(db: Database, picture: Picture): number {
  return db.run("INSERT INTO pictures (type, bytes) VALUES (?, ?)", picture.type, picture.bytes);
}

/** One picture, or `null`. */
export function findPicture(db: Database, id: number): Picture | null {
  return db.one<Picture>("SELECT type, bytes FROM pictures WHERE id = ?", id) ?? null;
}
