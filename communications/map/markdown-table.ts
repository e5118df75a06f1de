/** A column: what stands above it, and whether its cells stand at its right edge. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** The narrowest column that Markdown's formatters draw. */
const NARROWEST = 3;

/** A table of Markdown, its columns as wide as their widest cell. Cells are Markdown already. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, at) =>
    Math.max(NARROWEST, ...[title, ...rows.map((row) => row[at] ?? "")].map(widthOf)),
  );
  const rule = columns.map(({ right }, at) => {
    const dashes = "-".repeat((widths[at] ?? NARROWEST) - (right ? 1 : 0));
    return right ? `${dashes}:` : dashes;
  });
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ right }, at) => pad(cells[at] ?? "", widths[at] ?? NARROWEST, right));
    return `| ${padded.join(" | ")} |`;
  };
  return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join("\n");
}

/** Text as it stands, whatever it holds: nothing in it is read as Markdown or HTML, and it stays on its line. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|~&]/g, "\\$&");
}

function pad(cell: string, width: number, right = false): string {
  const space = " ".repeat(width - widthOf(cell));
  return right ? `${space}${cell}` : `${cell}${space}`;
}

/** How many letters wide a text is shown: a picture like 👍 is as wide as two. */
function widthOf(text: string): number {
  const pictures = text.match(/\p{Emoji_Presentation}/gu) ?? [];
  return [...text].length + pictures.length;
}
