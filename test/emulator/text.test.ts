import { describe, expect, it } from "vitest";
import { parseHtml } from "../../emulator/text/html.ts";
import { trimmed } from "../../emulator/text/trimmed.ts";
import { withWrittenEntities } from "../../emulator/text/written-entities.ts";

describe("withWrittenEntities", () => {
  it.each([
    ["/start abc", ["bot_command /start"]],
    ["жми /menu@beseda_demo_bot, пожалуйста", ["bot_command /menu@beseda_demo_bot"]],
    ["a/b и 1/2, https://a.ru/start", ["url https://a.ru/start"]],
    ["см. https://a.ru/x?y=1.", ["url https://a.ru/x?y=1"]],
    ["пиши a.b@c.ru или @pushkin #стихи", ["email a.b@c.ru", "mention @pushkin", "hashtag #стихи"]],
    ["#1 и @ab", []],
  ])("finds in %j", (text, found) => {
    const entities = withWrittenEntities(text, []);

    expect(entities.map((one) => `${one.type} ${text.slice(one.offset, one.offset + one.length)}`)).toEqual(
      found,
    );
  });

  it("looks for nothing inside code and links", () => {
    const { text, entities } = parseHtml('<code>/start</code> <a href="https://b.ru">https://a.ru</a>');

    expect(withWrittenEntities(text, entities)).toEqual(entities);
  });
});

describe("trimmed", () => {
  it("moves entities along and drops those that become empty", () => {
    const read = parseHtml("<i> </i> \n<b> Привет </b> ");

    expect(trimmed(read)).toEqual({ text: "Привет", entities: [{ type: "bold", offset: 0, length: 6 }] });
  });
});
