import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHtml } from "../../emulator/text/html.ts";
import { HtmlError } from "../../emulator/text/html-tag.ts";

describe("parseHtml", () => {
  it.each([
    ["<b>a</b><strong>b</strong>", "ab", ["bold 0 1", "bold 1 1"]],
    ["<i>a</i><em>b</em>", "ab", ["italic 0 1", "italic 1 1"]],
    ["<u>a</u><ins>b</ins>", "ab", ["underline 0 1", "underline 1 1"]],
    [
      "<s>a</s><strike>b</strike><del>c</del>",
      "abc",
      ["strikethrough 0 1", "strikethrough 1 1", "strikethrough 2 1"],
    ],
    ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", ["spoiler 0 1", "spoiler 1 1"]],
    ["<code>a</code><pre>b</pre>", "ab", ["code 0 1", "pre 1 1"]],
    [
      "<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
      "ab",
      ["blockquote 0 1", "expandable_blockquote 1 1"],
    ],
    ["<b>a<i>b</i></b>", "ab", ["bold 0 2", "italic 1 1"]],
    ["😀<B>я</B>", "😀я", ["bold 2 1"]],
    ["<b></b>a", "a", []],
  ])("reads %s", (html, text, entities) => {
    const read = parseHtml(html);

    expect(read.text).toBe(text);
    expect(read.entities.map((one) => `${one.type} ${one.offset} ${one.length}`)).toEqual(entities);
  });

  it("joins pre and code into one entity with a language", () => {
    expect(parseHtml('<pre><code class="language-ts">x</code></pre>').entities).toEqual([
      { type: "pre", offset: 0, length: 1, language: "ts" },
    ]);
    expect(parseHtml('<code class="language-ts">x</code>').entities).toEqual([
      { type: "code", offset: 0, length: 1 },
    ]);
  });

  it("reads links, and drops those that lead nowhere", () => {
    expect(parseHtml('<a href="https://a.ru/?x=1&amp;y=2">a</a>').entities).toEqual([
      { type: "text_link", offset: 0, length: 1, url: "https://a.ru/?x=1&y=2" },
    ]);
    expect(parseHtml('<a href="javascript:alert(1)">a</a>').entities).toEqual([]);
  });

  it("knows four names and numbers, and leaves other ampersands alone", () => {
    expect(parseHtml("&lt;&gt;&amp;&quot;&#33;&#x1F600; &nbsp; & &#0;").text).toBe('<>&"!😀 &nbsp; & &#0;');
  });

  it.each([
    ["<x>", 'Unsupported start tag "x" at byte offset 0'],
    ["я<br/>", 'Unsupported start tag "br/" at byte offset 2'],
    ["a < b", 'Unsupported start tag "" at byte offset 2'],
    ["a <b", "Unclosed start tag at byte offset 2"],
    ["<b>a", 'Can\'t find end tag corresponding to start tag "b"'],
    ["a</b>", "Unexpected end tag at byte offset 1"],
    ["<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ["<b>a</b", "Unclosed end tag at byte offset 4"],
    ["<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ["<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<a href="x>a</a>', "Unclosed start tag at byte offset 0"],
  ])("refuses %s", (html, message) => {
    expect(() => parseHtml(html)).toThrow(new HtmlError(message));
  });

  it("throws nothing but its own error, and keeps offsets within the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<pre>",
        "</pre>",
        '<code class="language-x">',
        "</code>",
        "</>",
      ),
      fc.constantFrom('<a href="', '">', "<", ">", "&", "&lt;", "&#x1f600;", "&#55357;", "=", "'", " ", "😀"),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const read = attempt(pieces.join(""));
        if (!read) return;
        for (const { offset, length } of read.entities) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(read.text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives any escaped text back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
        expect(parseHtml(`<b>${escaped}</b>`).text).toBe(text);
      }),
    );
  });
});

function attempt(html: string) {
  try {
    return parseHtml(html);
  } catch (error) {
    expect(error).toBeInstanceOf(HtmlError);
    return null;
  }
}
