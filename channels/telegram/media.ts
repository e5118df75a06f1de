import { z } from "zod";
import type { Media } from "../../contract/media.ts";

/** The fields of a Bot API message that say what it carries beside words, as much of them as is used. */
export const MediaFields = z.object({
  photo: z.array(z.object({ file_id: z.string(), width: z.int(), height: z.int() })).optional(),
  /** Its presence is all that counts: such a message has a `document` too. */
  animation: z.unknown().optional(),
  document: z
    .object({
      file_id: z.string(),
      file_name: z.string().optional(),
      mime_type: z.string().optional(),
      file_size: z.int().optional(),
    })
    .optional(),
  voice: z.object({ file_id: z.string(), duration: z.int() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  caption: z.string().optional(),
});

type MediaMessage = z.infer<typeof MediaFields>;

/** What a message carries, in our words; `null` where a dialog could use none of it. */
export function mediaOf(message: MediaMessage): Media | null {
  const { animation, document, voice, location, caption = "" } = message;
  const photo = largest(message.photo ?? []);
  if (photo) {
    const { file_id: fileId, width, height } = photo;
    return { kind: "photo", fileId, width, height, caption };
  }
  if (document && animation === undefined) {
    const {
      file_id: fileId,
      file_name: name = "",
      mime_type: mimeType = "",
      file_size: size = null,
    } = document;
    return { kind: "document", fileId, name, mimeType, size, caption };
  }
  if (voice) return { kind: "voice", fileId: voice.file_id, seconds: voice.duration, caption };
  return location ? { kind: "location", latitude: location.latitude, longitude: location.longitude } : null;
}

type Size = NonNullable<MediaMessage["photo"]>[number];

/** A photo comes in several sizes, in no promised order; the smallest are but thumbnails. */
function largest(sizes: readonly Size[]): Size | undefined {
  return [...sizes].sort((a, b) => b.width * b.height - a.width * a.height)[0];
}
