import type { Upload } from "./call.ts";
import { badRequest } from "./error.ts";
import { readImage } from "./image.ts";

/** Bot API, "Sending files": by address 5 MB for photos and 20 MB for the rest. */
const MOST_BYTES = { photo: 5 * 1024 * 1024, document: 20 * 1024 * 1024 };
/** How long the address may take, ms. */
const FETCH_TIME = 5_000;

/** Fetches a file as Telegram does for an address. Throws 400 where it cannot be had or is no picture. */
export async function fetchFile(
  url: string,
  kind: "photo" | "document",
  closing: AbortSignal,
): Promise<Upload> {
  if (!URL.canParse(url)) throw badRequest("wrong HTTP URL specified");
  const signal = AbortSignal.any([closing, AbortSignal.timeout(FETCH_TIME)]);
  const answer = await fetch(url, { signal }).catch(() => null);
  if (!answer?.ok) {
    await answer?.body?.cancel();
    throw badRequest("failed to get HTTP URL content");
  }
  const bytes = await readBounded(answer, MOST_BYTES[kind]).catch(() => null);
  if (!bytes) throw badRequest("failed to get HTTP URL content");
  if (kind === "photo" && !readImage(bytes)) throw badRequest("wrong type of the web page content");
  const name = new URL(answer.url || url).pathname.split("/").at(-1) || "file";
  return { name: decodeURIComponent(name), type: answer.headers.get("content-type") ?? "", bytes };
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
