import { describe, expect, it } from "vitest";
import { ogg, PDF, PNG, site } from "./files-kit.ts";
import { withChat } from "./world-kit.ts";

describe("Bot API: files", () => {
  it("fetches a photo, sends it again by its id, and gives it back", async () => {
    const { emulator, result } = await withChat();
    const url = await site({ body: PNG });

    const sent = await result<{ photo: [{ file_id: string }] }>("sendPhoto", {
      chat_id: 127,
      photo: url,
      caption: "a",
    });
    const [{ file_id }] = sent.photo;
    const again = await result("sendPhoto", { chat_id: 127, photo: file_id });
    const { file_path } = await result<{ file_path: string }>("getFile", { file_id });
    const file = await fetch(`${emulator.url}/file/bot100001:DEMO/${file_path}`);

    expect(sent).toMatchObject({ caption: "a", photo: [{ width: 1, height: 1, file_size: PNG.length }] });
    expect(again.photo).toEqual(sent.photo);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
  });

  it.each(["photo", "attach://mine"])("takes an uploaded photo (%s)", async (photo) => {
    const { emulator } = await withChat();
    const form = new FormData();
    form.set("chat_id", "127");
    if (photo !== "photo") form.set("photo", photo);
    form.set(photo.replace("attach://", ""), new Blob([PNG], { type: "image/png" }), "p.png");

    const answer = await fetch(`${emulator.url}/bot100001:DEMO/sendPhoto`, { method: "POST", body: form });

    expect(await answer.json()).toMatchObject({ ok: true, result: { photo: [{ width: 1 }] } });
  });

  it("refuses what is no photo", async () => {
    const { call } = await withChat();
    const photo = async (source: string) =>
      (await call("sendPhoto", { chat_id: 127, photo: source })).description;

    expect(await photo("nonsense")).toBe("Bad Request: wrong file identifier/HTTP URL specified");
    expect(await photo(await site({ body: "<html>" }))).toBe(
      "Bad Request: wrong type of the web page content",
    );
    expect(await photo(await site({ body: PNG, status: 404 }))).toBe(
      "Bad Request: failed to get HTTP URL content",
    );
    expect(await photo("http://127.0.0.1:1/p.png")).toBe("Bad Request: failed to get HTTP URL content");
    const caption = "a".repeat(1025);
    const long = await call("sendPhoto", { chat_id: 127, photo: await site({ body: PNG }), caption });
    expect(long.description).toBe("Bad Request: message caption is too long");
  });

  it("fetches a document and a voice message, with what is known of them", async () => {
    const { result } = await withChat();
    const pdf = await site({ body: PDF, type: "application/pdf" });
    const voice = await site({ body: ogg(7), type: "audio/ogg; codecs=opus" });

    expect(
      await result("sendDocument", { chat_id: 127, document: pdf, caption: "<b>a</b>", parse_mode: "HTML" }),
    ).toMatchObject({
      document: { file_name: "p.png", mime_type: "application/pdf", file_size: PDF.length },
      caption: "a",
      caption_entities: [{ type: "bold" }],
    });
    expect(await result("sendVoice", { chat_id: 127, voice, caption: "b" })).toMatchObject({
      voice: { duration: 7, mime_type: "audio/ogg", file_size: ogg(7).length },
      caption: "b",
    });
  });

  it("sends voice of more than 1 MB from an address as a file", async () => {
    const { result } = await withChat();
    const voice = await site({ body: Buffer.alloc(1024 * 1024 + 1), type: "audio/ogg" });

    const sent = await result("sendVoice", { chat_id: 127, voice });

    expect(sent).toMatchObject({ document: { mime_type: "audio/ogg" } });
    expect(sent).not.toHaveProperty("voice");
  });

  it.each(["sendDocument", "sendVoice"])(
    "refuses from an address what Telegram does not promise to take: %s",
    async (method) => {
      const { call, chat } = await withChat();
      const text = await site({ body: "text", type: "text/plain" });

      const answer = await call(method, { chat_id: 127, document: text, voice: text });

      expect(answer.description).toBe("Bad Request: wrong type of the web page content");
      expect((await chat(127)).messages).toHaveLength(1);
    },
  );

  it("takes an uploaded voice message, and its length from whoever sends it", async () => {
    const { emulator } = await withChat();
    const form = new FormData();
    form.set("chat_id", "127");
    form.set("duration", "5");
    form.set("voice", new Blob(["sound"], { type: "audio/mpeg" }), "v.mp3");

    const answer = await fetch(`${emulator.url}/bot100001:DEMO/sendVoice`, { method: "POST", body: form });

    expect(await answer.json()).toMatchObject({
      result: { voice: { duration: 5, mime_type: "audio/mpeg" } },
    });
  });
});

describe("Bot API: places", () => {
  it("are sent as they are, with buttons", async () => {
    const { result, chat } = await withChat();
    const reply_markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] };

    const sent = await result("sendLocation", {
      chat_id: 127,
      latitude: "57.06",
      longitude: 28.92,
      reply_markup,
    });

    expect(sent).toMatchObject({ location: { latitude: 57.06, longitude: 28.92 }, reply_markup });
    expect((await chat(127)).messages.at(-1)).toEqual(sent);
  });

  it.each([
    [{ longitude: 1 }, "latitude is empty"],
    [{ latitude: " ", longitude: 1 }, "latitude is empty"],
    [{ latitude: 1 }, "longitude is empty"],
    [{ latitude: 91, longitude: 1 }, "wrong location specified"],
    [{ latitude: 1, longitude: "east" }, "wrong location specified"],
  ])("are refused where they are none: %j", async (params, words) => {
    const { call } = await withChat();

    expect(await call("sendLocation", { chat_id: 127, ...params })).toEqual({
      ok: false,
      error_code: 400,
      description: `Bad Request: ${words}`,
    });
  });
});
