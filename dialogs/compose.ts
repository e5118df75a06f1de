import { htmlSource } from "../contract/html.ts";
import type { OutButton, OutMessage } from "../contract/message.ts";
import { inLanguage, type Language, type Sayable } from "../contract/words.ts";
import type { SayButton, Saying } from "./chat.ts";
import { buttonData } from "./route.ts";
import type { Question } from "./waits.ts";

/** Whose prompt it is: stands in its buttons. */
export interface PromptOf {
  readonly runId: string;
  readonly number: number;
}

/** A message as it goes to the messenger, in the person's language. */
export function compose(saying: Saying, language: Language): OutMessage {
  if (!isPlain(saying)) {
    const { text, picture } = saying;
    const attachment = "attachment" in saying ? saying.attachment : undefined;
    const buttons = "buttons" in saying ? saying.buttons : undefined;
    return {
      html: htmlSource(inLanguage(text, language)),
      ...(picture ? { picture } : {}),
      ...(attachment ? { attachment } : {}),
      ...(buttons?.length
        ? { buttons: buttons.map((row) => row.map((button) => outButton(button, language))) }
        : {}),
      ...("closeKeyboard" in saying ? { keyboard: "remove" as const } : {}),
    };
  }
  return { html: htmlSource(inLanguage(saying, language)) };
}

/** The message of a prompt: its words, and the buttons or the keyboard that answer it. */
export function composePrompt(wait: Question, language: Language, of: PromptOf): OutMessage {
  const message = compose(wait.message, language);
  switch (wait.kind) {
    case "contact":
      return { ...message, keyboard: { askContact: plain(wait.label, language) } };
    case "ask":
    case "choose": {
      const rows = Object.entries(wait.options).map(([step, label]) => [
        { label: plain(label, language), data: buttonData({ ...of, step }) },
      ]);
      // What the dialog waits for stands first; what leads elsewhere after it.
      const buttons = [...rows, ...(message.buttons ?? [])];
      return buttons.length > 0 ? { ...message, buttons } : message;
    }
  }
}

function isPlain(saying: Saying): saying is Sayable {
  return typeof saying === "string" || "html" in saying || "ru" in saying;
}

function outButton(button: SayButton, language: Language): OutButton {
  const label = plain(button.label, language);
  if ("url" in button) return { label, url: button.url };
  return "app" in button ? { label, app: button.app } : { label, data: `/${button.command}` };
}

/** A label as it is shown on a button: messengers format none, so formatted text is no label. */
function plain(label: Sayable, language: Language): string {
  const text = inLanguage(label, language);
  return typeof text === "string" ? text : text.html;
}
