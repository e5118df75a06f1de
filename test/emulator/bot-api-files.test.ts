import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { endAfterTest, withChat } from "./world-kit.ts";

/** A picture of one point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("Bot API: files", () => {
  async function site(answer: { status?: number; body: Uint8Array | string }) {
    const server = createServer((_, response) => response.writeHead(answer.status ?? 200).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endAfterTest({
      close: () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      },
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/p.png`;
  }

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
});

describe("Bot API: changing messages", () => {
  const markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] };

  it("edits a text, and drops its buttons unless they come again", async () => {
    const { call, result, chat } = await withChat();
    const { message_id } = await result("sendMessage", { chat_id: 127, text: "a", reply_markup: markup });

    const edited = await result("editMessageText", { chat_id: 127, message_id, text: "b" });
    const same = await call("editMessageText", { chat_id: 127, message_id, text: "b" });

    expect(edited).toMatchObject({ text: "b", edit_date: expect.any(Number) });
    expect(edited).not.toHaveProperty("reply_markup");
    expect(same.description).toBe(
      "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
    expect((await chat(127)).messages.at(-1)).toEqual(edited);
  });

  it("edits the buttons alone", async () => {
    const { result } = await withChat();
    const { message_id } = await result("sendMessage", { chat_id: 127, text: "a", reply_markup: markup });

    const edited = await result("editMessageReplyMarkup", { chat_id: 127, message_id });

    expect(edited).toMatchObject({ text: "a" });
    expect(edited).not.toHaveProperty("reply_markup");
  });

  it("refuses what cannot be edited, and deletes", async () => {
    const { call, result, message_id, chat } = await withChat();
    const mine = await result("sendMessage", { chat_id: 127, text: "a" });
    const why = async (name: string, id: unknown) =>
      (await call(name, { chat_id: 127, message_id: id, text: "b", caption: "c" })).description;

    expect(await why("editMessageText", 999)).toBe("Bad Request: message to edit not found");
    expect(await why("editMessageText", message_id)).toBe("Bad Request: message can't be edited");
    expect(await why("editMessageCaption", mine.message_id)).toBe(
      "Bad Request: there is no caption in the message to edit",
    );
    expect(await result("deleteMessage", { chat_id: 127, message_id: mine.message_id })).toBe(true);
    expect(await why("deleteMessage", mine.message_id)).toBe("Bad Request: message to delete not found");
    expect((await chat(127)).messages).toHaveLength(1);
  });
});
