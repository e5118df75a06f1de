import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** What a file was sent as. Sent again by its id, it can be nothing else (Bot API, "Sending files"). */
export type FileKind = "photo" | "document" | "voice";

/** Where files of a kind lie, and how their ids begin. */
const KINDS: Readonly<Record<FileKind, { readonly folder: string; readonly prefix: string }>> = {
  photo: { folder: "photos", prefix: "AgAC" },
  document: { folder: "documents", prefix: "BQAC" },
  voice: { folder: "voice", prefix: "AwAC" },
};

/** A file that somebody sent. */
export interface StoredFile {
  readonly id: string;
  readonly kind: FileKind;
  /** What `getFile` calls `file_path`. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  /** 0 where it is no picture. */
  readonly width: number;
  readonly height: number;
  /** Seconds; 0 where it is no voice message. */
  readonly duration: number;
  readonly bytes: Uint8Array;
}

/** All files sent. */
export type Files = ReturnType<typeof filesIn>;

/** Files kept in `db`. */
export function filesIn(db: DatabaseSync) {
  const put = db.prepare(
    "INSERT INTO files (id, path, type, name, width, height, duration, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const byId = db.prepare("SELECT * FROM files WHERE id = ?");
  const byPath = db.prepare("SELECT * FROM files WHERE path = ?");
  return {
    /** Keeps a file under a new `file_id`. */
    add(kind: FileKind, extension: string, file: Omit<StoredFile, "id" | "kind" | "path">): StoredFile {
      const { folder, prefix } = KINDS[kind];
      const id = `${prefix}${randomBytes(24).toString("base64url")}`;
      const path = `${folder}/file_${id.slice(4, 16)}.${extension}`;
      put.run(id, path, file.type, file.name, file.width, file.height, file.duration, file.bytes);
      return { ...file, id, kind, path };
    },
    find: (id: string): StoredFile | null => read(byId.get(id)),
    at: (path: string): StoredFile | null => read(byPath.get(path)),
  };
}

function read(row: unknown): StoredFile | null {
  if (!row) return null;
  const file = row as Omit<StoredFile, "kind">;
  return { ...file, kind: kindAt(file.path) };
}

function kindAt(path: string): FileKind {
  if (path.startsWith(`${KINDS.photo.folder}/`)) return "photo";
  return path.startsWith(`${KINDS.voice.folder}/`) ? "voice" : "document";
}

/** Bot API: the same for one file whichever bot sees it, and of no use for downloading. */
export function uniqueId(file: StoredFile): string {
  return file.id.slice(-14);
}
