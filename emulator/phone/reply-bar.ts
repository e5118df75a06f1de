import type { Message } from "../store/message.ts";
import { el, icon } from "./dom.ts";
import { fullName, summary } from "./words.ts";

/** The message replied to, over the field, or nothing. */
export interface ReplyBar {
  readonly element: HTMLElement;
  set(message: Message | null): void;
  /** The id of the message replied to, and it is shown no longer. */
  take(): number | undefined;
}

/** A reply to nothing yet. */
export function replyBar(): ReplyBar {
  const element = el("div", { class: "reply-bar", hidden: true });
  let replyTo: Message | null = null;

  function set(message: Message | null): void {
    replyTo = message;
    element.hidden = message === null;
    element.replaceChildren(...(message ? drawn(message, () => set(null)) : []));
  }

  return {
    element,
    set,
    take() {
      const id = replyTo?.message_id;
      set(null);
      return id;
    },
  };
}

function drawn(message: Message, cancel: () => void): Node[] {
  const name = message.from.is_bot ? message.from.first_name : fullName(message.from);
  return [
    icon("reply"),
    el("div", { class: "replied" }, el("b", {}, `Reply to ${name}`), el("span", {}, summary(message))),
    el(
      "button",
      { type: "button", class: "round", "aria-label": "Cancel reply", onclick: cancel },
      icon("close"),
    ),
  ];
}
