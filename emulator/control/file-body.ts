import { z } from "zod";
import { readImage } from "../files/image.ts";

const MEGABYTE = 1024 * 1024;
/** What a bot can download again (Bot API: getFile), MB. */
const MOST_FILE = 20;
/** What a photo may have (Bot API: sendPhoto), MB. */
const MOST_PHOTO = 10;
/** Base64 writes every three bytes, and what is left of them, as four letters. */
const lettersOf = (bytes: number) => Math.ceil(bytes / 3) * 4;

/** Bytes written in base64. */
function bytes(megabytes: number) {
  const bounds = `a file has 1 byte to ${megabytes} MB`;
  return z
    .base64()
    .min(1, bounds)
    .max(lettersOf(megabytes * MEGABYTE), bounds)
    .transform((data) => new Uint8Array(Buffer.from(data, "base64")))
    .refine((data) => data.length <= megabytes * MEGABYTE, bounds);
}

const About = {
  name: z.string().max(255).optional(),
  mime_type: z
    .string()
    .max(127)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, "a type is like image/png")
    .optional(),
  /** Bot API: 0–1024 characters. */
  caption: z.string().trim().max(1024).optional(),
};

/** A picture, as a person's phone sends it. */
export const PhotoBody = z.strictObject({
  ...About,
  data: bytes(MOST_PHOTO).refine((data) => readImage(data) !== null, "a photo is a PNG, JPEG, WebP or GIF"),
});

/** A file of any kind. */
export const DocumentBody = z.strictObject({ ...About, data: bytes(MOST_FILE) });

/** A recording, and how many seconds it lasts where its bytes do not tell. */
export const VoiceBody = DocumentBody.extend({ duration: z.int().min(0).max(86_400).optional() });
