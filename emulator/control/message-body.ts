import { z } from "zod";
import type { SentFile } from "../acts/said.ts";
import { ownContact, type Writing } from "../acts/write.ts";
import { present } from "../present.ts";
import type { Person } from "../store/people.ts";
import { Phone } from "./body.ts";
import { DocumentBody, PhotoBody, VoiceBody } from "./file-body.ts";

const ContactBody = z.strictObject({
  phone_number: Phone,
  first_name: z.string().min(1),
  last_name: z.string().optional(),
  user_id: z.int().optional(),
  vcard: z.string().optional(),
});

const LocationBody = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** What a message can be, one of them at a time. */
const CONTENTS = ["text", "contact", "photo", "document", "voice", "location"] as const;

/** `POST /emulator/users/{id}/messages`. */
export const MessageBody = z
  .strictObject({
    bot: z.string(),
    text: z.string().trim().min(1).max(4096).optional(),
    contact: z.union([z.literal(true), ContactBody]).optional(),
    photo: PhotoBody.optional(),
    document: DocumentBody.optional(),
    voice: VoiceBody.optional(),
    location: LocationBody.optional(),
    reply_to_message_id: z.int().optional(),
  })
  .refine(
    (body) => CONTENTS.filter((name) => body[name] !== undefined).length === 1,
    `give one of ${CONTENTS.join(", ")}`,
  );

/** What was asked for, as a person's deed. Throws 400 where they have no phone number to share. */
export function writingOf(body: Omit<z.output<typeof MessageBody>, "bot">, person: Person): Writing {
  const { contact, photo, document, voice, ...rest } = body;
  return {
    ...rest,
    contact: contact === true ? ownContact(person) : contact && present(contact),
    file: fileOf("photo", photo) ?? fileOf("document", document) ?? fileOf("voice", voice),
  };
}

function fileOf(kind: SentFile["kind"], body: z.output<typeof VoiceBody> | undefined): SentFile | undefined {
  if (!body) return undefined;
  const { data, name = "", mime_type = "", caption, duration } = body;
  return { kind, bytes: data, name, type: mime_type, caption, duration };
}
