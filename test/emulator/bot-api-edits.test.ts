import { describe, expect, it } from "vitest";
import { ogg, site } from "./files-kit.ts";
import { withChat } from "./world-kit.ts";

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

  it("edits the words under a voice message", async () => {
    const { result } = await withChat();
    const voice = await site({ body: ogg(1), type: "audio/ogg" });
    const { message_id } = await result("sendVoice", { chat_id: 127, voice, caption: "a" });

    const edited = await result("editMessageCaption", { chat_id: 127, message_id, caption: "b" });

    expect(edited).toMatchObject({ voice: { duration: 1 }, caption: "b" });
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
