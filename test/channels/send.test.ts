import { describe, expect, it } from "vitest";
import type { OutAttachment } from "../../contract/media.ts";
import type { OutMessage } from "../../contract/message.ts";
import { botApi } from "./bot-api.ts";

const buttons = [[{ label: "Site", url: "http://s.test" }], [{ label: "Reply", data: "r:1:reply" }]];
const inline_keyboard = [
  [{ text: "Site", url: "http://s.test" }],
  [{ text: "Reply", callback_data: "r:1:reply" }],
];
const place: OutAttachment = { kind: "location", latitude: 57.06, longitude: 28.92 };

/** Sends a message in as many pieces as it needs, and tells what Telegram was asked. */
async function send(message: OutMessage) {
  const { channel, calls } = await botApi(200, { ok: true, result: { message_id: 12 } });
  const sent = [];
  for (const piece of channel.pieces(message)) sent.push(await channel.send("5", piece));
  expect(sent).toEqual(calls.map(() => ({ messageId: "12" })));
  return calls;
}

describe("what goes to Telegram", () => {
  it.each([
    ["a picture", { picture: "http://p.test/1.png" }, "sendPhoto", { photo: "http://p.test/1.png" }],
    ["a picture known by its fileId", { picture: "AgACx" }, "sendPhoto", { photo: "AgACx" }],
    [
      "a document",
      { attachment: { kind: "document", source: "http://p.test/1.pdf" } },
      "sendDocument",
      { document: "http://p.test/1.pdf" },
    ],
    ["a voice message", { attachment: { kind: "voice", source: "AwACx" } }, "sendVoice", { voice: "AwACx" }],
  ] as const)("is %s with its text as caption, and buttons in rows", async (_, carried, method, fields) => {
    const calls = await send({ html: "<b>hi</b>", ...carried, buttons });

    expect(calls).toEqual([
      {
        method,
        body: {
          chat_id: 5,
          ...fields,
          caption: "<b>hi</b>",
          parse_mode: "HTML",
          reply_markup: { inline_keyboard },
        },
      },
    ]);
  });

  it("is a file without a caption where there is no text", async () => {
    const [call] = await send({ html: "", attachment: { kind: "document", source: "BQACx" } });

    expect(call?.body).not.toHaveProperty("caption");
  });

  it.each([
    ["picture", { picture: "AgACx" }, "sendPhoto"],
    ["document", { attachment: { kind: "document", source: "BQACx" } }, "sendDocument"],
    ["voice message", { attachment: { kind: "voice", source: "AwACx" } }, "sendVoice"],
  ] as const)(
    "is a %s, and a text too long for its caption after it, with the buttons",
    async (_, carried, method) => {
      const caption = "a".repeat(1024);

      const fits = await send({ html: caption, ...carried, buttons });
      const [file, text, ...more] = await send({ html: `${caption}b`, ...carried, buttons });

      expect(fits.map((call) => call.method)).toEqual([method]);
      expect(file).toEqual({ method, body: expect.not.objectContaining({ caption: expect.anything() }) });
      expect(file?.body).not.toHaveProperty("reply_markup");
      expect(text).toMatchObject({
        method: "sendMessage",
        body: { text: `${caption}b`, reply_markup: { inline_keyboard } },
      });
      expect(more).toEqual([]);
    },
  );

  it("is the text of a place first, then the place with the buttons: it has no caption", async () => {
    const calls = await send({ html: "Here", attachment: place, buttons });

    expect(calls).toEqual([
      { method: "sendMessage", body: expect.not.objectContaining({ reply_markup: expect.anything() }) },
      {
        method: "sendLocation",
        body: { chat_id: 5, latitude: 57.06, longitude: 28.92, reply_markup: { inline_keyboard } },
      },
    ]);
    expect(calls[0]?.body).toMatchObject({ text: "Here", parse_mode: "HTML" });
  });

  it("is a place alone where there is no text, with the keyboard that asks for a number", async () => {
    const calls = await send({ html: "", attachment: place, keyboard: { askContact: "Number" } });

    expect(calls).toMatchObject([
      {
        method: "sendLocation",
        body: { reply_markup: { keyboard: [[{ text: "Number", request_contact: true }]] } },
      },
    ]);
  });

  it("is a long text in several messages, with the buttons under the last", async () => {
    const calls = await send({ html: `${"a".repeat(4000)}\n\n${"b".repeat(4000)}`, buttons });

    expect(calls.map((call) => call.method)).toEqual(["sendMessage", "sendMessage"]);
    expect(calls[0]?.body).not.toHaveProperty("reply_markup");
    expect(calls[1]?.body).toMatchObject({ reply_markup: { inline_keyboard } });
  });
});
