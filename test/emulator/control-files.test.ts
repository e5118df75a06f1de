import { describe, expect, it } from "vitest";
import { fileIdOf, inBase64, ogg, PDF, PNG } from "./files-kit.ts";
import { webhook } from "./webhook-kit.ts";
import { emulatorWithPeople, withChat } from "./world-kit.ts";

const BOT = { bot: "beseda_demo_bot" };

/** Everyone's emulator, and a way for Alexander to send something. */
async function withSender() {
  const world = await emulatorWithPeople();
  const send = (content: object) => world.post("/users/127/messages", { ...BOT, ...content });
  return { ...world, send };
}

const photo = inBase64(PNG);
const document = inBase64(PDF, { name: "Смета.pdf", mime_type: "application/pdf" });
const voice = inBase64(ogg(7));
const location = { latitude: 57.06, longitude: 28.92 };
const id = expect.any(String);

describe("control: people send", () => {
  it.each([
    [
      { photo: { ...photo, caption: " Вот #дом " } },
      {
        photo: [{ file_id: id, file_unique_id: id, width: 1, height: 1, file_size: PNG.length }],
        caption: "Вот #дом",
        caption_entities: [{ type: "hashtag", offset: 4, length: 4 }],
      },
    ],
    [
      { document },
      {
        document: {
          file_id: id,
          file_unique_id: id,
          file_name: "Смета.pdf",
          mime_type: "application/pdf",
          file_size: PDF.length,
        },
      },
    ],
    [
      { document: { data: document.data } },
      {
        document: {
          file_id: id,
          file_unique_id: id,
          mime_type: "application/octet-stream",
          file_size: PDF.length,
        },
      },
    ],
    [
      { voice },
      {
        voice: {
          file_id: id,
          file_unique_id: id,
          duration: 7,
          mime_type: "audio/ogg",
          file_size: ogg(7).length,
        },
      },
    ],
    [{ voice: { ...voice, duration: 3 } }, { voice: expect.objectContaining({ duration: 3 }) }],
    [{ location }, { location }],
  ])("%j, which the bot gets in Telegram's shape and the phone shows", async (content, shape) => {
    const hook = await webhook();
    const { result, chat, send } = await withSender();
    await result("setWebhook", { url: hook.url });

    const sent = await send(content);
    const [got] = await hook.got(1);

    expect(got?.update.message).toEqual({
      message_id: expect.any(Number),
      from: expect.objectContaining({ id: 127, is_bot: false }),
      chat: expect.objectContaining({ id: 127, type: "private" }),
      date: expect.any(Number),
      ...shape,
    });
    expect(sent.json.message).toEqual(got?.update.message);
    expect((await chat(127)).messages).toEqual([got?.update.message]);
  });

  it("a photo in reply to a message", async () => {
    const { writes, send } = await withSender();
    const { message_id } = await writes(127, "a");

    const { json } = await send({ photo, reply_to_message_id: message_id });

    expect(json.message).toMatchObject({
      photo: [{ width: 1 }],
      reply_to_message: { message_id, text: "a" },
    });
  });

  it.each([
    [{ text: "a", photo }, ""],
    [{ photo, document }, ""],
    [{ location, contact: true }, ""],
    [{ photo: {} }, "photo.data"],
    [{ photo: document }, "photo.data"],
    [{ photo: { data: "" } }, "photo.data"],
    [{ document: { data: "not base64!" } }, "document.data"],
    [{ document: { ...document, mime_type: "pdf\n" } }, "document.mime_type"],
    [{ document: { ...document, caption: "a".repeat(1025) } }, "document.caption"],
    [{ photo: { ...photo, duration: 1 } }, "photo"],
    [{ voice: { ...voice, duration: -1 } }, "voice.duration"],
    [{ location: { latitude: 91, longitude: 0 } }, "location.latitude"],
    [{ location: { latitude: "1", longitude: 0 } }, "location.latitude"],
  ])("nothing that is not a message: %j", async (content, path) => {
    const { send, chat } = await withSender();

    expect(await send(content)).toMatchObject({ status: 400, json: { issues: [{ path }] } });
    expect((await chat(127)).messages).toEqual([]);
  });

  it("no photo of more than 10 MB", async () => {
    const { send } = await withSender();
    const ofBytes = (bytes: number) => Buffer.concat([PNG, Buffer.alloc(bytes - PNG.length)]);
    const most = 10 * 1024 * 1024;
    const large = ofBytes(most + 1);

    expect(await send({ photo: inBase64(large) })).toMatchObject({
      status: 400,
      json: { issues: [{ path: "photo.data", message: "a file has 1 byte to 10 MB" }] },
    });
    expect(await send({ photo: inBase64(ofBytes(most)) })).toMatchObject({ status: 200 });
    expect(await send({ document: inBase64(large) })).toMatchObject({ status: 200 });
  });
});

describe("a file of a person", () => {
  const contents = { photo, document, voice };
  const methods = { photo: "sendPhoto", document: "sendDocument", voice: "sendVoice" };
  type Kind = keyof typeof contents;
  const kinds = Object.keys(contents) as Kind[];

  /** Alexander sends one file of that kind; gives what his message says of it. */
  async function withFile(kind: Kind) {
    const world = await withSender();
    const { json } = await world.send({ [kind]: contents[kind] });
    const message = json.message as Record<Kind, unknown>;
    return { ...world, carried: message[kind], file_id: fileIdOf(message) };
  }

  it.each(kinds)("can be sent back by its id: %s", async (kind) => {
    const { result, carried, file_id } = await withFile(kind);

    const sent = await result(methods[kind], { chat_id: 127, [kind]: file_id, caption: "back" });

    expect(sent).toMatchObject({ [kind]: carried, caption: "back", from: { is_bot: true } });
  });

  it.each([
    ["photo", "document", "can't use file of type Photo as Document"],
    ["document", "photo", "can't use file of type Document as Photo"],
    ["voice", "document", "can't use file of type VoiceNote as Document"],
    ["document", "voice", "can't use file of type Document as VoiceNote"],
  ] as const)("that is a %s can't be sent as a %s", async (kind, other, words) => {
    const { call, file_id } = await withFile(kind);

    expect((await call(methods[other], { chat_id: 127, [other]: file_id })).description).toBe(
      `Bad Request: ${words}`,
    );
  });

  it.each([
    ["photo", /^photos\/.+\.png$/, "image/png", PNG],
    ["document", /^documents\/.+\.pdf$/, "application/pdf", PDF],
    ["voice", /^voice\/.+\.oga$/, "audio/ogg", ogg(7)],
  ] as const)("can be downloaded by the bot: %s", async (kind, path, type, bytes) => {
    const { emulator, result, file_id } = await withFile(kind);

    const { file_path } = await result<{ file_path: string }>("getFile", { file_id });
    const file = await fetch(`${emulator.url}/file/bot100001:DEMO/${file_path}`);

    expect(file_path).toMatch(path);
    expect(file.headers.get("content-type")).toBe(type);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
  });

  it("can be downloaded up to 20 MB", async () => {
    const { emulator, call } = await withChat();
    const form = new FormData();
    form.set("chat_id", "127");
    form.set("document", new Blob([new Uint8Array(20 * 1024 * 1024 + 1)]), "big.bin");
    const sent = await fetch(`${emulator.url}/bot100001:DEMO/sendDocument`, { method: "POST", body: form });
    const { result } = (await sent.json()) as { result: { document: { file_id: string } } };

    expect((await call("getFile", { file_id: result.document.file_id })).description).toBe(
      "Bad Request: file is too big",
    );
  });

  it("is saved under its name by the phone, and never opened as a page there", async () => {
    const { emulator, file_id } = await withFile("document");

    const file = await fetch(`${emulator.url}/emulator/files/${file_id}`);

    expect(file.headers.get("content-disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("Смета.pdf")}`,
    );
  });
});
