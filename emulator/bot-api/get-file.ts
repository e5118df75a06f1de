import { z } from "zod";
import { uniqueId } from "../store/files.ts";
import { type Method, readParams } from "./call.ts";
import { badRequest } from "./error.ts";

/** Bot API: bots can download files of up to 20 MB, in bytes. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Bot API: getFile, of what the bot sent or a person sent it. */
export const getFile: Method = (world, call) => {
  const { file_id } = readParams(z.looseObject({ file_id: z.string().optional() }), call);
  const file = world.store.files.find(file_id ?? "");
  if (!file) throw badRequest("invalid file_id");
  const { id, path, bytes } = file;
  if (bytes.length > MOST_BYTES) throw badRequest("file is too big");
  return {
    result: { file_id: id, file_unique_id: uniqueId(file), file_size: bytes.length, file_path: path },
  };
};
