import { withoutReferences } from "./html-reference.ts";

/** HTML that Telegram does not take. The message is its own, less the "can't parse entities: ". */
export class HtmlError extends Error {
  override readonly name = "HtmlError";
}

/** A tag read from HTML. */
export interface Tag {
  readonly kind: "start" | "end";
  readonly name: string;
  /** What the tag is about: an address, a language, a class. */
  readonly argument: string;
  /** Whether a blockquote is folded. */
  readonly expandable: boolean;
  /** Index after its `>`. */
  readonly end: number;
}

const NAMES: ReadonlySet<string> = new Set(
  "a b strong i em s strike del u ins tg-spoiler span pre code blockquote".split(" "),
);

const SPACE = /[\s\0]/;
const ATTRIBUTE =
  /\s*(?<name>[^\s=>]*)\s*(?<equals>=?)\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<token>[a-z0-9.-]*))/iy;

/** Telegram counts the place of an error in bytes of UTF-8. */
function placeOf(html: string, at: number): string {
  return `at byte offset ${Buffer.byteLength(html.slice(0, at))}`;
}

/** Reads the tag that begins at `at`, where `html` has a `<`. Throws `HtmlError`. */
export function readTag(html: string, at: number): Tag {
  return html[at + 1] === "/" ? readEndTag(html, at) : readStartTag(html, at);
}

/** The error of an end tag without its start, or with another's. */
export function unmatched(html: string, at: number, found: string, expected: string | undefined): HtmlError {
  if (expected === undefined) return new HtmlError(`Unexpected end tag ${placeOf(html, at)}`);
  return new HtmlError(
    `Unmatched end tag ${placeOf(html, at)}, expected "</${expected}>", found "</${found}>"`,
  );
}

function readEndTag(html: string, at: number): Tag {
  const close = html.indexOf(">", at);
  const inside = close < 0 ? "" : html.slice(at + 2, close);
  const name = inside.trimEnd();
  if (close < 0 || SPACE.test(name)) throw new HtmlError(`Unclosed end tag ${placeOf(html, at)}`);
  return { kind: "end", name: name.toLowerCase(), argument: "", expandable: false, end: close + 1 };
}

function readStartTag(html: string, at: number): Tag {
  let i = at + 1;
  while (i < html.length && html[i] !== ">" && !SPACE.test(html[i] ?? "")) i++;
  if (i >= html.length) throw new HtmlError(`Unclosed start tag ${placeOf(html, at)}`);
  const name = html.slice(at + 1, i).toLowerCase();
  if (!NAMES.has(name)) throw new HtmlError(`Unsupported start tag "${name}" ${placeOf(html, at)}`);

  const { attributes, end } = readAttributes(html, i, name, at);
  const argument = argumentOf(name, attributes);
  if (name === "span" && argument !== "spoiler") {
    throw new HtmlError(`Tag "span" must have class "tg-spoiler" ${placeOf(html, at)}`);
  }
  return { kind: "start", name, argument, expandable: attributes.has("expandable"), end };
}

function readAttributes(html: string, from: number, tag: string, at: number) {
  const attributes = new Map<string, string>();
  let i = from;
  for (;;) {
    while (i < html.length && SPACE.test(html[i] ?? "")) i++;
    if (i >= html.length) throw new HtmlError(`Unclosed start tag ${placeOf(html, at)}`);
    if (html[i] === ">") return { attributes, end: i + 1 };
    ATTRIBUTE.lastIndex = i;
    const match = ATTRIBUTE.exec(html);
    const { name = "", equals, double, single, token = "" } = match?.groups ?? {};
    if (!match || name === "")
      throw new HtmlError(`Empty attribute name in the tag "${tag}" ${placeOf(html, at)}`);
    // `expandable` is the one attribute that stands without a value.
    if (!equals && !(tag === "blockquote" && name.toLowerCase() === "expandable")) {
      const rule = "Expected equal sign in declaration of an attribute of the tag";
      throw new HtmlError(`${rule} "${tag}" ${placeOf(html, at)}`);
    }
    i = equals ? i + match[0].length : i + name.length;
    const next = html[i];
    const quoted = double ?? single;
    if (next === undefined) throw new HtmlError(`Unclosed start tag ${placeOf(html, at)}`);
    if (quoted === undefined && equals && next !== ">" && !SPACE.test(next)) {
      const broken = next === '"' || next === "'" ? "Unclosed start tag" : "Unexpected end of name token";
      throw new HtmlError(
        `${broken} ${placeOf(html, broken === "Unclosed start tag" ? at : i - token.length)}`,
      );
    }
    attributes.set(
      name.toLowerCase(),
      quoted === undefined ? token.toLowerCase() : withoutReferences(quoted),
    );
  }
}

function argumentOf(tag: string, attributes: ReadonlyMap<string, string>): string {
  const named = attributes.get("class") ?? "";
  if (tag === "a") return attributes.get("href") ?? "";
  if (tag === "code" && named.startsWith("language-")) return named.slice("language-".length);
  if (tag === "span" && named.startsWith("tg-")) return named.slice("tg-".length);
  return "";
}
