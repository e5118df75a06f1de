import { describe, expect, it } from "vitest";
import { readUpdate } from "../../channels/telegram/inbound.ts";

/** What a message with this content is in our words. */
function actOf(content: object) {
  const from = { id: 127, is_bot: false, first_name: "Александр" };
  const message = { message_id: 5, date: 0, from, chat: { id: 127, type: "private" }, ...content };
  const read = readUpdate({ update_id: 1, message });
  return read.kind === "inbound" ? read.inbound.act : read;
}

const size = (file_id: string, width: number, height: number) => ({
  file_id,
  file_unique_id: `u-${file_id}`,
  width,
  height,
  file_size: 1,
});
const document = { file_id: "d", file_unique_id: "u", file_name: "a.pdf", mime_type: "application/pdf" };
const location = { latitude: 57.06, longitude: 28.92 };

describe("a message that carries something", () => {
  it("is a photo in its largest size, whatever the order, with what is written under it", () => {
    const photo = [size("s", 90, 60), size("l", 1280, 853), size("m", 320, 213)];

    expect(actOf({ photo, caption: "Look" })).toEqual({
      kind: "media",
      media: { kind: "photo", fileId: "l", width: 1280, height: 853, caption: "Look" },
    });
  });

  it("is a document with its name, type and size", () => {
    expect(actOf({ document: { ...document, file_size: 9 } })).toEqual({
      kind: "media",
      media: {
        kind: "document",
        fileId: "d",
        name: "a.pdf",
        mimeType: "application/pdf",
        size: 9,
        caption: "",
      },
    });
  });

  it("is a document of which the sender's app says nothing", () => {
    expect(actOf({ document: { file_id: "d", file_unique_id: "u" } })).toMatchObject({
      media: { name: "", mimeType: "", size: null },
    });
  });

  it("is a voice message with its length", () => {
    const voice = { file_id: "v", file_unique_id: "u", duration: 7, mime_type: "audio/ogg" };

    expect(actOf({ voice })).toEqual({
      kind: "media",
      media: { kind: "voice", fileId: "v", seconds: 7, caption: "" },
    });
  });

  it.each([
    ["a place", { location }],
    ["a venue", { location, venue: { location, title: "Mikhailovskoye", address: "Pskov" } }],
    ["a place that moves", { location: { ...location, live_period: 60 } }],
  ])("is a location: %s", (_, content) => {
    expect(actOf(content)).toEqual({ kind: "media", media: { kind: "location", ...location } });
  });

  it("tells what it replies to", () => {
    expect(actOf({ location, reply_to_message: { message_id: 4 } })).toMatchObject({
      kind: "media",
      replyTo: "4",
    });
  });

  it.each([
    ["an animation, though it comes as a document too", { animation: { file_id: "a" }, document }],
    ["a sticker", { sticker: { file_id: "s" } }],
    ["a video with a caption", { video: { file_id: "v" }, caption: "Look" }],
    ["a photo of no size", { photo: [] }],
  ])("is nothing that a dialog could use: %s", (_, content) => {
    expect(actOf({ ...content, reply_to_message: { message_id: 4 } })).toEqual({
      kind: "other",
      replyTo: "4",
    });
  });
});
