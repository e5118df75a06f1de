import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthOf, split } from "../../channels/telegram/split.ts";
import { htmlSource } from "../../contract/html.ts";

const plain = (html: string) => html.replace(/<[^>]*>/g, "");

/** Whether every tag that opens closes again, in order. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, closes, name = ""] of html.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
    if (!closes) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

/** Safe HTML as templates make it: escaped words, some of them in tags. */
const safeHtml = fc
  .array(
    fc.tuple(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("", "b", "i", "code"),
      fc.constantFrom(" ", "\n", "\n\n", ""),
    ),
    { maxLength: 30 },
  )
  .map((parts) =>
    parts
      .map(([text, tag, space]) => (tag ? `<${tag}>${htmlSource(text)}</${tag}>` : htmlSource(text)) + space)
      .join(""),
  );

describe("a text that is too long", () => {
  it("is cut between paragraphs, else lines, else words", () => {
    expect(split("one two\n\nthree four", 12)).toEqual(["one two", "three four"]);
    expect(split("one two\nthree four", 12)).toEqual(["one two", "three four"]);
    expect(split("one two three", 8)).toEqual(["one two", "three"]);
    expect(split("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });

  it("keeps its formatting over a cut", () => {
    expect(split("<b>one two three</b>", 8)).toEqual(["<b>one two</b>", "<b>three</b>"]);
  });

  it("never cuts a sign in two: neither an entity nor an emoji", () => {
    expect(split("&amp;&amp;&amp;", 2)).toEqual(["&amp;&amp;", "&amp;"]);
    expect(split("😀😀😀", 3)).toEqual(["😀", "😀", "😀"]);
  });

  it("leaves no part that is nothing but space: Telegram takes none", () => {
    expect(split(`<b>${" ".repeat(50)}x</b>`, 10)).toEqual(["<b>x</b>"]);
  });

  it("comes in balanced parts within the limit, and loses nothing but space at the cuts", () => {
    fc.assert(
      fc.property(safeHtml, fc.integer({ min: 2, max: 60 }), (html, longest) => {
        const parts = split(html, longest);

        expect(parts.every((part) => lengthOf(part) <= longest)).toBe(true);
        expect(parts.every(isBalanced)).toBe(true);
        if (parts.length > 1) expect(parts.every((part) => plain(part).trim() !== "")).toBe(true);
        const bare = (text: string) => plain(text).replace(/\s+/g, "");
        expect(bare(parts.join(""))).toBe(bare(html));
      }),
    );
  });
});
