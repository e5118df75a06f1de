import type { FileKind, Files, StoredFile } from "../store/files.ts";
import { readImage } from "./image.ts";
import { oggSeconds } from "./ogg.ts";

/** A file as it came: fetched, uploaded, or from a person's phone. */
export interface NewFile {
  /** Empty where whoever sent it gave none. */
  readonly name: string;
  /** Likewise. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Seconds of a voice message, as its sender says. */
  readonly duration?: number | undefined;
}

/** Keeps a file under a new id, with what its bytes tell of it. */
export function keepFile(files: Files, kind: FileKind, { name, type, bytes, duration }: NewFile): StoredFile {
  const image = kind === "voice" ? null : readImage(bytes);
  const told = type.replace(/;.*/, "").trim();
  return files.add(kind, image?.extension ?? extensionOf(kind, name), {
    name,
    type: image?.type ?? (told || USUAL_TYPE[kind]),
    width: image?.width ?? 0,
    height: image?.height ?? 0,
    duration: kind === "voice" ? (duration ?? oggSeconds(bytes) ?? 0) : 0,
    bytes,
  });
}

const USUAL_TYPE: Readonly<Record<FileKind, string>> = {
  photo: "image/jpeg",
  document: "application/octet-stream",
  voice: "audio/ogg",
};

function extensionOf(kind: FileKind, name: string): string {
  return kind === "voice" ? "oga" : (/\.([a-z0-9]{1,8})$/i.exec(name)?.[1] ?? "bin");
}
