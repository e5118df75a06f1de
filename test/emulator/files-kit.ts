import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { endAfterTest } from "./world-kit.ts";

/** A picture of one point. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The start of a document in PDF. */
export const PDF = Buffer.from("%PDF-1.7\n");

/** An Opus recording in Ogg of that many seconds, as far as a reader of its length can tell. */
export function ogg(seconds: number): Buffer {
  const preSkip = 312;
  const first = Buffer.from(`OggS${"\0".repeat(24)}OpusHead\x01\x01`, "latin1");
  const skip = Buffer.alloc(2);
  skip.writeUInt16LE(preSkip);
  const last = Buffer.from(`OggS${"\0".repeat(24)}`, "latin1");
  last.writeBigUInt64LE(BigInt(seconds * 48_000 + preSkip), 6);
  return Buffer.concat([first, skip, last]);
}

/** A file as a person's phone sends it. */
export function inBase64<T extends object>(bytes: Uint8Array, about?: T) {
  return { data: Buffer.from(bytes).toString("base64"), ...about };
}

/** The id of the file that a message carries, as photos, documents and voice messages say it. */
export function fileIdOf(message: unknown): string {
  const { photo, document, voice } = message as { [kind in "photo" | "document" | "voice"]?: unknown };
  const [file] = [photo, document, voice].flat().filter((one) => one !== undefined);
  return (file as { file_id: string }).file_id;
}

/** A site on which every address answers so until the test ends; gives the address of one file there. */
export async function site(answer: { status?: number; type?: string; body: Uint8Array | string }) {
  const headers = answer.type === undefined ? {} : { "Content-Type": answer.type };
  const server = createServer((_, response) =>
    response.writeHead(answer.status ?? 200, headers).end(answer.body),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endAfterTest({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/p.png`;
}

/** So many seconds of silence that a browser can play. */
export function wav(seconds: number): Buffer {
  const rate = 8000;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + seconds * rate, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  // One channel of unsigned bytes.
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(seconds * rate, 40);
  return Buffer.concat([header, Buffer.alloc(seconds * rate, 128)]);
}
