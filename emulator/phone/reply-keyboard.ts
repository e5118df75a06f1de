import type { KeyboardButton } from "grammy/types";
import type { Keyboard } from "../store/message.ts";
import { el, icon } from "./dom.ts";

/** Draws the keyboard at the bottom; nothing for a mere wish for a reply. */
export function replyKeyboard(keyboard: Keyboard | null, tap: (text: string) => void): HTMLElement | null {
  if (!keyboard || "force_reply" in keyboard) return null;
  const rows = keyboard.keyboard.map((row) =>
    el("div", { class: "button-row" }, ...row.map((one) => key(one, tap))),
  );
  const props = {
    class: `reply-keyboard${keyboard.resize_keyboard ? "" : " tall"}`,
    role: "group",
    "aria-label": "Reply keyboard",
    "data-testid": "reply-keyboard",
  };
  return el("div", props, ...rows);
}

function key(button: KeyboardButton | string, tap: (text: string) => void): HTMLElement {
  const text = typeof button === "string" ? button : button.text;
  const contact = typeof button === "object" && "request_contact" in button && button.request_contact;
  return el(
    "button",
    { type: "button", onclick: () => tap(text) },
    contact && icon("contact"),
    el("span", {}, text),
  );
}
