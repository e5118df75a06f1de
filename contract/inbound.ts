import { z } from "zod";
import { Media } from "./media.ts";

/** Who wrote, as the messenger knows them. */
export const Sender = z.object({
  /** The messenger's own id of the private chat. */
  externalId: z.string(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  /** IETF language tag of their app. */
  languageCode: z.string().optional(),
});

/** Who wrote, as the messenger knows them. */
export type Sender = z.infer<typeof Sender>;

/** What a person did, in our words. */
export const Act = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string(), replyTo: z.string().optional() }),
  z.object({ kind: z.literal("command"), name: z.string(), argument: z.string() }),
  z.object({ kind: z.literal("tap"), tapId: z.string(), data: z.string() }),
  /** `own` is false for somebody else's number: a person can send any contact they have. */
  z.object({ kind: z.literal("contact"), phone: z.string(), own: z.boolean() }),
  z.object({ kind: z.literal("media"), media: Media, replyTo: z.string().optional() }),
  /** A sticker, a game, whatever has no value that a dialog could use. */
  z.object({ kind: z.literal("other"), replyTo: z.string().optional() }),
  z.object({ kind: z.literal("blocked") }),
  z.object({ kind: z.literal("unblocked") }),
]);

/** What a person did, in our words. */
export type Act = z.infer<typeof Act>;

/** An update of a messenger in our words: who did what. */
export const Inbound = z.object({
  /** The messenger's number of the update: grows, may jump, comes twice when an answer was lost. */
  updateId: z.number(),
  sender: Sender,
  act: Act,
});

/** An update of a messenger in our words: who did what. */
export type Inbound = z.infer<typeof Inbound>;
