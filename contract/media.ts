import { z } from "zod";

/** A photo that a person sent. `fileId` is the messenger's own name of it: the bot may send it on by that. */
export const Photo = z.object({
  kind: z.literal("photo"),
  fileId: z.string(),
  /** Pixels. */
  width: z.number(),
  height: z.number(),
  /** What they wrote under it, or empty. */
  caption: z.string(),
});

/** A file that a person sent. */
export const DocumentFile = z.object({
  kind: z.literal("document"),
  fileId: z.string(),
  /** Its name and its type as the sender's app says them; empty where it does not. */
  name: z.string(),
  mimeType: z.string(),
  /** Bytes; `null` where the messenger does not say. */
  size: z.number().nullable(),
  caption: z.string(),
});

/** A voice message that a person sent. */
export const Voice = z.object({
  kind: z.literal("voice"),
  fileId: z.string(),
  seconds: z.number(),
  caption: z.string(),
});

/** A place that a person sent; degrees. */
export const Place = z.object({
  kind: z.literal("location"),
  latitude: z.number(),
  longitude: z.number(),
});

/** What a person sent that is not words. */
export const Media = z.discriminatedUnion("kind", [Photo, DocumentFile, Voice, Place]);

/** What a person sent that is not words. */
export type Media = z.infer<typeof Media>;

/** What goes with a message, or alone: a file by its address or by its `fileId`, or a place. */
export type OutAttachment =
  | { readonly kind: "document" | "voice"; readonly source: string }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number };
