/** What a picture's first bytes tell. */
export interface Image {
  readonly type: string;
  readonly extension: string;
  readonly width: number;
  readonly height: number;
}

/** Reads format and size of a PNG, GIF, WebP or JPEG; `null` for all else, SVG too, as for Telegram. */
export function readImage(bytes: Uint8Array): Image | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  } catch (error) {
    // Reading past the end: the file is cut short.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readPng(view: DataView): Image | null {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47) return null;
  return { type: "image/png", extension: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

function readGif(view: DataView): Image | null {
  if (view.byteLength < 10 || view.getUint32(0) !== 0x47494638) return null;
  return {
    type: "image/gif",
    extension: "gif",
    width: view.getUint16(6, true),
    height: view.getUint16(8, true),
  };
}

function readWebp(view: DataView): Image | null {
  if (view.byteLength < 30 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250)
    return null;
  const image = (width: number, height: number) => ({ type: "image/webp", extension: "webp", width, height });
  const kind = view.getUint32(12);
  if (kind === 0x56503858) return image(read24(view, 24) + 1, read24(view, 27) + 1);
  if (kind === 0x56503820) return image(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  if (kind !== 0x5650384c) return null;
  const bits = view.getUint32(21, true);
  return image((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
}

function read24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

function readJpeg(view: DataView): Image | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xff00) return null;
    // Start-of-frame markers carry the size; C4, C8 and CC of that range are tables.
    const frame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (frame) {
      return {
        type: "image/jpeg",
        extension: "jpg",
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
      };
    }
  }
  return null;
}
