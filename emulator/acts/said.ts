import type { Contact, Location, MessageEntity } from "grammy/types";
import { fileContent } from "../files/file-content.ts";
import { keepFile, type NewFile } from "../files/keep-file.ts";
import { present } from "../present.ts";
import type { FileKind } from "../store/files.ts";
import type { Message } from "../store/message.ts";
import { withWrittenEntities } from "../text/written-entities.ts";
import type { World } from "../world.ts";

/** A file from a person's phone, and what they wrote under it. */
export interface SentFile extends NewFile {
  readonly kind: FileKind;
  readonly caption?: string | undefined;
}

/** What a person sends: one of these. */
export interface Said {
  readonly text?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly location?: Location | undefined;
  /** A photo is a picture that can be read. */
  readonly file?: SentFile | undefined;
}

/** A person's message as Telegram makes it; a file is kept from now on. */
export function contentOf({ store }: World, { text, contact, location, file }: Said): Partial<Message> {
  return present({
    text,
    entities: entitiesIn(text),
    contact,
    location,
    ...(file ? fileContent(keepFile(store.files, file.kind, file)) : {}),
    caption: file?.caption || undefined,
    caption_entities: entitiesIn(file?.caption),
  });
}

function entitiesIn(text = ""): MessageEntity[] | undefined {
  const entities = withWrittenEntities(text, []);
  return entities.length > 0 ? entities : undefined;
}
