import { el } from "./dom.ts";

/** How long a toast stands, ms. */
const TOAST_TIME = 4000;

/** Short words over the chat, and words that must be read. */
export interface Notices {
  readonly element: HTMLElement;
  toast(text: string): void;
  alert(text: string): void;
}

/** No notices yet. */
export function notices(title: string): Notices {
  const toasts = el("div", { class: "toasts", role: "status", "data-testid": "toast" });
  const words = el("p", {});
  const close = el("button", { type: "button", class: "primary" }, "OK");
  const box = el(
    "div",
    { class: "alert", role: "alertdialog", "aria-label": title, "data-testid": "alert" },
    words,
    close,
  );
  const veil = el("div", { class: "veil", hidden: true }, box);
  let before: Element | null = null;

  const hide = () => {
    veil.hidden = true;
    if (before instanceof HTMLElement) before.focus();
  };
  close.addEventListener("click", hide);
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    // There is one button: the focus has nowhere else to go.
    if (event.key === "Tab") event.preventDefault();
  });

  return {
    element: el("div", { class: "notices" }, toasts, veil),
    toast(text) {
      const toast = el("div", { class: "toast" }, text);
      toasts.replaceChildren(toast);
      setTimeout(() => toast.remove(), TOAST_TIME);
    },
    alert(text) {
      before = document.activeElement;
      words.textContent = text;
      veil.hidden = false;
      close.focus();
    },
  };
}
