import { z } from "zod";
import { fileContent } from "../files/file-content.ts";
import { readImage } from "../files/image.ts";
import { keepFile } from "../files/keep-file.ts";
import { present } from "../present.ts";
import type { FileKind, StoredFile } from "../store/files.ts";
import type { World } from "../world.ts";
import { type Call, type Method, readParams, Text, type Upload, Whole } from "./call.ts";
import { badRequest } from "./error.ts";
import { fetchFile, sentAs } from "./fetch-file.ts";
import { captionText, Entities } from "./formatted.ts";
import { SendParams, send } from "./send.ts";

const Params = SendParams.extend({
  photo: z.string().optional(),
  document: z.string().optional(),
  voice: z.string().optional(),
  duration: Whole.optional(),
  caption: Text.optional(),
  parse_mode: z.string().optional(),
  caption_entities: Entities,
});
type FileParams = z.output<typeof Params>;

/** Bot API: sendPhoto, from a `file_id`, an address that is fetched, or an upload. */
export const sendPhoto = sends("photo");

/** Bot API: sendDocument, from the same three sources. */
export const sendDocument = sends("document");

/** Bot API: sendVoice, from the same three sources. */
export const sendVoice = sends("voice");

function sends(kind: FileKind): Method {
  return async (world, call) => {
    const params = readParams(Params, call);
    const caption = captionFields(params);
    const content = async () => ({
      ...fileContent(await sentFile(world, call, kind, params)),
      ...caption,
    });
    return { result: await send(world, call, params, content) };
  };
}

function captionFields(params: FileParams) {
  const { parse_mode, caption_entities } = params;
  const { text, entities } = captionText(params.caption, { parse_mode, entities: caption_entities });
  return present({
    caption: text || undefined,
    caption_entities: entities.length > 0 ? entities : undefined,
  });
}

async function sentFile(world: World, call: Call, kind: FileKind, params: FileParams): Promise<StoredFile> {
  const { [kind]: given, duration } = params;
  const { files } = world.store;
  const upload = uploaded(call, kind, given);
  if (upload) return keepFile(files, kind, { ...upload, duration });
  if (!given) throw badRequest(`there is no ${kind} in the request`);
  if (/^https?:\/\//i.test(given)) {
    const fetched = await fetchFile(given, kind, world.closing);
    return keepFile(files, sentAs(kind, fetched), { ...fetched, duration });
  }
  return knownFile(files.find(given), kind);
}

/** The file that came with the call itself, if it did. */
function uploaded({ files }: Call, kind: FileKind, given: string | undefined): Upload | undefined {
  if (given !== undefined && !given.startsWith("attach://")) return undefined;
  const upload = files.get(given?.slice("attach://".length) ?? kind);
  if (upload && kind === "photo" && !readImage(upload.bytes)) throw badRequest("IMAGE_PROCESS_FAILED");
  return upload;
}

/** A file sent before, by whom ever. */
function knownFile(known: StoredFile | null, kind: FileKind): StoredFile {
  if (!known) throw badRequest("wrong file identifier/HTTP URL specified");
  if (known.kind === kind) return known;
  throw badRequest(`can't use file of type ${TYPES[known.kind]} as ${TYPES[kind]}`);
}

/** Telegram's own names for the kinds of files, as its errors say them. */
const TYPES: Readonly<Record<FileKind, string>> = {
  photo: "Photo",
  document: "Document",
  voice: "VoiceNote",
};
