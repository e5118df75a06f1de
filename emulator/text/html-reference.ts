/** Bot API, "HTML style": the only named references Telegram knows. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
]);

const REFERENCE = /&(?:#x(?<hex>[0-9a-f]*)|#(?<decimal>[0-9]*)|(?<name>[a-z]+));?/iy;

/** The longest numeric reference Telegram reads, without its semicolon. */
const LONGEST_NUMERIC = 9;
const LAST_CODE_POINT = 0x10ffff;

/** Reads the character reference at `at`, where `html` has an `&`; `null` where it is none and the `&` stands for itself. */
export function readReference(html: string, at: number): { text: string; end: number } | null {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(html);
  if (!match) return null;
  const end = at + match[0].length;
  const { hex, decimal, name } = match.groups ?? {};
  if (name !== undefined) {
    const text = NAMED.get(name);
    return text === undefined ? null : { text, end };
  }
  const code = hex === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hex, 16);
  if (!(code > 0 && code < LAST_CODE_POINT) || match[0].replace(";", "").length > LONGEST_NUMERIC)
    return null;
  return { text: String.fromCodePoint(code), end };
}

/** Replaces every reference in an attribute's value. */
export function withoutReferences(value: string): string {
  let text = "";
  for (let i = 0; i < value.length; ) {
    const reference = value[i] === "&" ? readReference(value, i) : null;
    text += reference ? reference.text : value[i];
    i = reference ? reference.end : i + 1;
  }
  return text;
}
