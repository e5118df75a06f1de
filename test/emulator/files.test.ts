import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { oggSeconds } from "../../emulator/files/ogg.ts";
import { openStore } from "../../emulator/store/store.ts";
import { ogg, PNG } from "./files-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "emulator-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the length of a recording", () => {
  it("is what its last page tells", () => {
    expect([0, 1, 90].map((seconds) => oggSeconds(ogg(seconds)))).toEqual([0, 1, 90]);
  });

  it.each([
    ["a picture", PNG],
    ["nothing", Buffer.alloc(0)],
    ["a recording cut in its last page", ogg(5).subarray(0, -20)],
    ["a recording cut in its header", ogg(5).subarray(0, 38)],
    ["a recording behind something else", Buffer.concat([PNG, ogg(5)])],
  ])("is not known of %s", (_, bytes) => {
    expect(oggSeconds(bytes)).toBeNull();
  });
});

describe("the store", () => {
  it("opens a state of before there was voice, and keeps its files", () => {
    const file = join(folder, "old.sqlite");
    const old = new DatabaseSync(file);
    old.exec(`CREATE TABLE files (
      id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL,
      width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB NOT NULL);
      INSERT INTO files VALUES ('AgACold', 'photos/file_1.png', 'image/png', 'p.png', 1, 1, x'00');`);
    old.close();

    const store = openStore([], file);
    const about = { type: "audio/ogg", name: "", width: 0, height: 0, duration: 7, bytes: ogg(7) };
    const { id } = store.files.add("voice", "oga", about);

    expect(store.files.find("AgACold")).toMatchObject({ kind: "photo", name: "p.png", duration: 0 });
    expect(store.files.find(id)).toMatchObject({ kind: "voice", duration: 7 });
    store.close();
    expect(() => openStore([], file).close()).not.toThrow();
  });
});
