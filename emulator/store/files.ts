import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** A file that somebody sent. */
export interface StoredFile {
  readonly id: string;
  /** What `getFile` calls `file_path`. */
  readonly path: string;
  readonly type: string;
  readonly name: string;
  /** 0 where it is no picture. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** All files sent. */
export type Files = ReturnType<typeof filesIn>;

/** Files kept in `db`. */
export function filesIn(db: DatabaseSync) {
  const put = db.prepare(
    "INSERT INTO files (id, path, type, name, width, height, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const byId = db.prepare("SELECT * FROM files WHERE id = ?");
  const byPath = db.prepare("SELECT * FROM files WHERE path = ?");
  return {
    /** Keeps a file under a new `file_id`. */
    add(folder: string, extension: string, file: Omit<StoredFile, "id" | "path">): StoredFile {
      const id = `AgAC${randomBytes(24).toString("base64url")}`;
      const path = `${folder}/file_${id.slice(4, 16)}.${extension}`;
      put.run(id, path, file.type, file.name, file.width, file.height, file.bytes);
      return { ...file, id, path };
    },
    find: (id: string): StoredFile | null => (byId.get(id) as StoredFile | undefined) ?? null,
    at: (path: string): StoredFile | null => (byPath.get(path) as StoredFile | undefined) ?? null,
  };
}

/** Bot API: the same for one file whichever bot sees it, and of no use for downloading. */
export function uniqueId(file: StoredFile): string {
  return file.id.slice(-14);
}
