/** A piece of text with formatting that is safe to show: whatever people typed stands in it escaped. */
export interface Html {
  readonly html: string;
}

/** What may stand in a message: text, shown as it is, or formatted text. */
export type Text = string | Html;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The source of `text` as HTML: a string escaped, formatted text as it is. */
export function htmlSource(text: Text): string {
  return typeof text === "string" ? text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) : text.html;
}

/**
 * Formatted text with values put in: strings and numbers are escaped, formatted text is not. Tags are those of
 * the Bot API ("HTML style"): b, i, u, s, code, pre, a, blockquote, tg-spoiler.
 */
export function html(parts: TemplateStringsArray, ...values: readonly (Text | number)[]): Html {
  const source = parts.map((part, at) => {
    const value = values[at];
    return value === undefined ? part : part + htmlSource(typeof value === "number" ? String(value) : value);
  });
  return { html: source.join("") };
}

/** Texts one below the other. */
export function lines(parts: readonly Text[]): Html {
  return { html: parts.map(htmlSource).join("\n") };
}
