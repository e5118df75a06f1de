import type { OutMessage } from "../../contract/message.ts";
import { LONGEST_CAPTION, LONGEST_TEXT } from "./limits.ts";
import { lengthOf, split } from "./split.ts";

/**
 * Cuts a message to Telegram's limits; buttons and keyboard go with the last piece. A text too long for a caption
 * follows its picture or file. A place has no caption at all: its text goes before it.
 */
export function pieces(message: OutMessage): readonly OutMessage[] {
  const { html, picture, attachment, ...last } = message;
  if (attachment?.kind === "location") {
    const before = html === "" ? [] : texts(html);
    return endingWith(last, [...before, { html: "", attachment }]);
  }
  const carried = attachment ? { attachment } : picture ? { picture } : null;
  if (!carried) return endingWith(last, texts(html));
  if (lengthOf(html) <= LONGEST_CAPTION) return [message];
  return endingWith(last, [{ html: "", ...carried }, ...texts(html)]);
}

function texts(html: string): readonly OutMessage[] {
  return split(html, LONGEST_TEXT).map((text) => ({ html: text }));
}

function endingWith(
  last: Pick<OutMessage, "buttons" | "keyboard">,
  parts: readonly OutMessage[],
): readonly OutMessage[] {
  return parts.map((part, at) => (at === parts.length - 1 ? { ...part, ...last } : part));
}
