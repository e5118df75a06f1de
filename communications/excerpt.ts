/** A line that is long enough to know a text by. */
const EXCERPT = 60;

/** The beginning of a text in one line, for a reference to it. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = Array.from(line);
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join("")}…` : line;
}
