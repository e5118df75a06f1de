import { readImage } from "../files/image.ts";
import type { NewFile } from "../files/keep-file.ts";
import type { FileKind } from "../store/files.ts";
import { badRequest } from "./error.ts";

const MEGABYTE = 1024 * 1024;

/** Bot API, "Sending files": by address 5 MB for photos and 20 MB for the rest. */
const MOST_BYTES: Readonly<Record<FileKind, number>> = {
  photo: 5 * MEGABYTE,
  document: 20 * MEGABYTE,
  voice: 20 * MEGABYTE,
};
/** Bot API, "Sending files": voice of more than that, in bytes, is sent as a file. */
const MOST_VOICE = MEGABYTE;
/** How long the address may take, ms. */
const FETCH_TIME = 5_000;

/** Bot API, "Sending files": what is promised to work by address. Other files may, and may not. */
const FITS: Readonly<Record<FileKind, (file: NewFile) => boolean>> = {
  photo: ({ bytes }) => readImage(bytes) !== null,
  document: ({ type }) => /^(application\/(pdf|zip)|image\/gif)\b/i.test(type),
  voice: ({ type }) => /^audio\/ogg\b/i.test(type),
};

/** Fetches a file as Telegram does for an address. Throws 400 where it cannot be had or is of another kind. */
export async function fetchFile(url: string, kind: FileKind, closing: AbortSignal): Promise<NewFile> {
  if (!URL.canParse(url)) throw badRequest("wrong HTTP URL specified");
  const signal = AbortSignal.any([closing, AbortSignal.timeout(FETCH_TIME)]);
  const answer = await fetch(url, { signal }).catch(() => null);
  if (!answer?.ok) {
    await answer?.body?.cancel();
    throw badRequest("failed to get HTTP URL content");
  }
  const bytes = await readBounded(answer, MOST_BYTES[kind]).catch(() => null);
  if (!bytes) throw badRequest("failed to get HTTP URL content");
  const file = { name: nameIn(answer.url || url), type: answer.headers.get("content-type") ?? "", bytes };
  if (!FITS[kind](file)) throw badRequest("wrong type of the web page content");
  return file;
}

/** What a fetched file is sent as: voice that is too long for one goes as a document. */
export function sentAs(kind: FileKind, { bytes }: NewFile): FileKind {
  return kind === "voice" && bytes.length > MOST_VOICE ? "document" : kind;
}

function nameIn(url: string): string {
  const name = new URL(url).pathname.split("/").at(-1) || "file";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function readBounded(answer: Response, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
