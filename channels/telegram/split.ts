/** A token of safe HTML: a tag, a named or numbered sign, or a run of letters. */
type Token =
  | { readonly kind: "open"; readonly source: string; readonly name: string }
  | { readonly kind: "close"; readonly source: string; readonly name: string }
  | { readonly kind: "text"; readonly source: string; readonly length: number };

const TOKENS = /<\/([a-z-]+)>|<([a-z-]+)(?:\s[^>]*)?>|&(?:[a-z]+|#\d+|#x[\da-f]+);|[^<&]+|[<&]/gi;

/** The length of a text as Telegram counts it: UTF-16 units, tags not counted, a named sign as one. */
export function lengthOf(html: string): number {
  return tokensOf(html).reduce((sum, token) => sum + (token.kind === "text" ? token.length : 0), 0);
}

/**
 * Cuts safe HTML into parts of at most `longest` units each: where it can between paragraphs, else lines, else
 * words. Tags open at a cut are closed there and opened again in the next part.
 */
export function split(html: string, longest: number): readonly string[] {
  if (lengthOf(html) <= longest) return [html];
  const cutter = new Cutter(longest);
  for (const token of tokensOf(html)) cutter.add(token);
  return cutter.parts();
}

function tokensOf(html: string): readonly Token[] {
  return Array.from(html.matchAll(TOKENS), ([source, closes, opens]): Token => {
    if (closes) return { kind: "close", source, name: closes };
    if (opens) return { kind: "open", source, name: opens };
    return { kind: "text", source, length: source.startsWith("&") && source.length > 1 ? 1 : source.length };
  });
}

/** Fills parts one after another. */
class Cutter {
  readonly #longest: number;
  readonly #done: string[] = [];
  readonly #open: { readonly source: string; readonly name: string }[] = [];
  #part = "";
  #length = 0;
  #hasText = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  add(token: Token): void {
    if (token.kind === "text") this.#addText(token.source, token.length);
    else {
      this.#part += token.source;
      if (token.kind === "open") this.#open.push(token);
      else this.#open.pop();
    }
  }

  parts(): readonly string[] {
    if (this.#length > 0) this.#cut();
    return this.#done;
  }

  #addText(source: string, length: number): void {
    let rest = source;
    // A named sign is one unit however long its source is, and is never cut.
    if (length === 1 && source.length > 1) {
      if (this.#length + 1 > this.#longest) this.#cut();
      this.#append(source, 1);
      return;
    }
    while (this.#length + rest.length > this.#longest) {
      const room = this.#longest - this.#length;
      const at = placeToCut(rest, room, this.#longest);
      this.#append(rest.slice(0, at));
      this.#cut();
      rest = rest.slice(at).replace(/^\s+/, "");
    }
    this.#append(rest);
  }

  #append(text: string, length: number = text.length): void {
    this.#part += text;
    this.#length += length;
    if (/\S/.test(text)) this.#hasText = true;
  }

  #cut(): void {
    const closing = this.#open.map(({ name }) => `</${name}>`).reverse();
    // A message of nothing but space is none (Bot API: sendMessage).
    if (this.#hasText) this.#done.push(this.#part.trimEnd() + closing.join(""));
    this.#part = this.#open.map(({ source }) => source).join("");
    this.#length = 0;
    this.#hasText = false;
  }
}

/** Where to cut `text` so that at most `room` units stay; 0 where the whole of it does better in the next part. */
function placeToCut(text: string, room: number, longest: number): number {
  const head = text.slice(0, room);
  const filled = longest - room;
  // A cut that leaves a part half empty is none: then the next finer seam is better.
  const seam = ["\n\n", "\n", " "]
    .map((mark) => head.lastIndexOf(mark))
    .find((at) => at > 0 && filled + at > longest / 2);
  if (seam !== undefined) return seam;
  if (filled > longest / 2) return 0;
  const splitsPair = /[\uD800-\uDBFF]$/.test(head);
  return splitsPair && room > 1 ? room - 1 : room;
}
