import type { Sms } from "../store/sms.ts";
import { el } from "./dom.ts";
import { clockTime, dayName } from "./words.ts";

/** The phone's texts. */
export interface SmsPane {
  readonly element: HTMLElement;
  add(sms: Sms): void;
  /** Shows these and nothing else. */
  replace(all: readonly Sms[]): void;
}

/** A pane with these texts. */
export function smsPane(id: string, language: string): SmsPane {
  const nothing = el("p", { class: "nothing" }, "No messages yet");
  const element = el(
    "div",
    { class: "sms", id, role: "tabpanel", "aria-label": "SMS", "data-testid": "sms", hidden: true },
    nothing,
  );
  function add(sms: Sms): void {
    nothing.remove();
    element.append(
      el("div", { class: "day" }, `${dayName(sms.date, language)}, ${clockTime(sms.date)}`),
      el("article", { class: "sms-text", "aria-label": `SMS, ${clockTime(sms.date)}` }, sms.text),
    );
    element.scrollTop = element.scrollHeight;
  }
  return {
    element,
    add,
    replace(all) {
      element.replaceChildren(nothing);
      for (const sms of all) add(sms);
    },
  };
}
