import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUpdate } from "../../channels/telegram/inbound.ts";
import { Inbound } from "../../contract/inbound.ts";

const from = { id: 127, is_bot: false, first_name: "Алиса", language_code: "ru-RU" };
const chat = { id: 127, type: "private" };
const message = (content: object) =>
  readUpdate({ update_id: 1, message: { message_id: 5, date: 0, from, chat, ...content } });

const actOf = (content: object) => {
  const read = message(content);
  return read.kind === "inbound" ? read.inbound.act : read;
};

describe("a message", () => {
  it.each([
    [{ text: "hello" }, { kind: "text", text: "hello" }],
    [
      { text: "hello", reply_to_message: { message_id: 4 } },
      { kind: "text", text: "hello", replyTo: "4" },
    ],
    [{ text: "/start abc" }, { kind: "command", name: "start", argument: "abc" }],
    [{ text: "/Menu@beseda_demo_bot" }, { kind: "command", name: "menu", argument: "" }],
    [{ text: "/" }, { kind: "text", text: "/" }],
    [{ sticker: {} }, { kind: "other" }],
    [
      { contact: { phone_number: "79180000001", user_id: 127 } },
      { kind: "contact", phone: "+79180000001", own: true },
    ],
    [
      { contact: { phone_number: "79180000001", user_id: 5 } },
      { kind: "contact", phone: "+79180000001", own: false },
    ],
    [{ contact: { phone_number: "79180000001" } }, { kind: "contact", phone: "+79180000001", own: false }],
  ])("%j is %j", (content, act) => {
    expect(actOf(content)).toEqual(act);
  });

  it("tells who wrote", () => {
    const read = message({ text: "hi" });

    expect(read).toMatchObject({
      inbound: { updateId: 1, sender: { externalId: "127", firstName: "Алиса", languageCode: "ru-RU" } },
    });
  });
});

describe("an update", () => {
  it("of a block and its end is known", () => {
    const member = (status: string) =>
      readUpdate({ update_id: 1, my_chat_member: { from, chat, new_chat_member: { status } } });

    expect(member("kicked")).toMatchObject({ inbound: { act: { kind: "blocked" } } });
    expect(member("member")).toMatchObject({ inbound: { act: { kind: "unblocked" } } });
  });

  it("of any shape is read without an error, and what comes out has its shape", () => {
    const anything = fc.anything({ withBigInt: false });
    const likely = fc.record({
      update_id: fc.oneof(fc.nat(), anything),
      message: fc.oneof(
        anything,
        fc.record(
          {
            message_id: fc.nat(),
            from: fc.constant(from),
            chat: fc.constant(chat),
            text: anything,
            caption: anything,
            photo: fc.oneof(
              anything,
              fc.array(fc.record({ file_id: fc.string(), width: anything, height: fc.nat() })),
            ),
            document: fc.oneof(anything, fc.record({ file_id: fc.string(), file_size: anything })),
            location: fc.oneof(anything, fc.record({ latitude: fc.double(), longitude: fc.double() })),
          },
          { requiredKeys: ["message_id", "from", "chat"] },
        ),
      ),
    });

    fc.assert(
      fc.property(fc.oneof(anything, likely), (json) => {
        const read = readUpdate(json);
        if (read.kind === "inbound") expect(Inbound.safeParse(read.inbound).success).toBe(true);
      }),
    );
  });
});
