import { z } from "zod";
import { present } from "../present.ts";
import { type StoredFile, uniqueId } from "../store/files.ts";
import type { World } from "../world.ts";
import { type Call, type Method, readParams, Text } from "./call.ts";
import { badRequest } from "./error.ts";
import { fetchFile } from "./fetch-file.ts";
import { captionText, Entities } from "./formatted.ts";
import { readImage } from "./image.ts";
import { SendParams, send } from "./send.ts";

const Params = SendParams.extend({
  photo: z.string().optional(),
  document: z.string().optional(),
  caption: Text.optional(),
  parse_mode: z.string().optional(),
  caption_entities: Entities,
});

/** Bot API: sendPhoto, from a `file_id`, an address that is fetched, or an upload. */
export const sendPhoto: Method = async (world, call) => {
  const params = readParams(Params, call);
  const caption = captionFields(params);
  const content = async () => {
    const file = await sentFile(world, call, "photo", params.photo);
    if (file.width === 0) throw badRequest("can't use file of type Document as Photo");
    const { width, height } = file;
    return { photo: [{ ...fileFields(file), width, height }], ...caption };
  };
  return { result: await send(world, call, params, content) };
};

/** Bot API: sendDocument, from the same three sources. */
export const sendDocument: Method = async (world, call) => {
  const params = readParams(Params, call);
  const caption = captionFields(params);
  const content = async () => {
    const file = await sentFile(world, call, "document", params.document);
    return { document: { ...fileFields(file), file_name: file.name, mime_type: file.type }, ...caption };
  };
  return { result: await send(world, call, params, content) };
};

function captionFields(params: z.output<typeof Params>) {
  const { parse_mode, caption_entities } = params;
  const { text, entities } = captionText(params.caption, { parse_mode, entities: caption_entities });
  return present({
    caption: text || undefined,
    caption_entities: entities.length > 0 ? entities : undefined,
  });
}

function fileFields(file: StoredFile) {
  return { file_id: file.id, file_unique_id: uniqueId(file), file_size: file.bytes.length };
}

async function sentFile(
  world: World,
  call: Call,
  kind: "photo" | "document",
  given?: string,
): Promise<StoredFile> {
  const attached = given?.startsWith("attach://") ? given.slice("attach://".length) : kind;
  const upload = call.files.get(attached);
  if (upload && (given === undefined || given.startsWith("attach://"))) return keep(world, kind, upload);
  if (!given) throw badRequest(`there is no ${kind} in the request`);
  if (/^https?:\/\//i.test(given)) return keep(world, kind, await fetchFile(given, kind, world.closing));
  const known = world.store.files.find(given);
  if (!known) throw badRequest("wrong file identifier/HTTP URL specified");
  return known;
}

function keep(
  world: World,
  kind: "photo" | "document",
  file: { name: string; type: string; bytes: Uint8Array },
) {
  const image = readImage(file.bytes);
  if (kind === "photo" && !image) throw badRequest("IMAGE_PROCESS_FAILED");
  const folder = kind === "photo" ? "photos" : "documents";
  const extension = image?.extension ?? /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1] ?? "bin";
  const type = image?.type ?? (file.type || "application/octet-stream");
  const { width = 0, height = 0 } = image ?? {};
  return world.store.files.add(folder, extension, {
    name: file.name,
    type,
    width,
    height,
    bytes: file.bytes,
  });
}
