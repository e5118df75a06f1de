import { type StoredFile, uniqueId } from "../store/files.ts";
import type { Message } from "../store/message.ts";

/** What a message says of the file that it carries. */
export function fileContent(file: StoredFile): Pick<Message, "photo" | "document" | "voice"> {
  const named = { file_id: file.id, file_unique_id: uniqueId(file), file_size: file.bytes.length };
  switch (file.kind) {
    case "photo":
      return { photo: [{ ...named, width: file.width, height: file.height }] };
    case "document":
      return { document: { ...named, ...(file.name ? { file_name: file.name } : {}), mime_type: file.type } };
    case "voice":
      return { voice: { ...named, duration: file.duration, mime_type: file.type } };
  }
}
