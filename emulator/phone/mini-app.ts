import { el, icon } from "./dom.ts";

/** What a page of a bot may do: be itself and open links, but not leave the sheet for the phone around it. */
const SANDBOX = "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** A bot's page over the chat. */
export interface MiniApp {
  readonly element: HTMLElement;
  /** Shows the page at that address, in place of one that is open. */
  open(url: string): void;
  close(): void;
}

/** A closed sheet under the bot's name. */
export function miniApp(name: string): MiniApp {
  const page = el("div", { class: "mini-app-page" });
  const shut = el(
    "button",
    {
      type: "button",
      class: "round",
      "aria-label": "Close",
      "data-testid": "mini-app-close",
      onclick: close,
    },
    icon("close"),
  );
  const who = el("div", { class: "who" }, el("h3", {}, name), el("span", { class: "status" }, "mini app"));
  const sheet = el("section", { class: "mini-app", role: "dialog", "aria-label": name }, shut, who, page);
  // It takes the focus of a click beside the page, so that Escape is heard here.
  const element = el("div", { class: "mini-app-veil", tabindex: "-1", hidden: true }, sheet);
  let before: Element | null = null;

  element.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });
  function hear({ source, data }: MessageEvent): void {
    const frame = page.querySelector("iframe");
    if (frame && source === frame.contentWindow && eventTypeOf(data) === "web_app_close") close();
  }

  function open(url: string): void {
    if (element.hidden) before = document.activeElement;
    page.replaceChildren(
      el("iframe", { sandbox: SANDBOX, src: url, title: name, "data-testid": "mini-app" }),
    );
    element.hidden = false;
    coverChat(true);
    window.addEventListener("message", hear);
    shut.focus();
  }

  function close(): void {
    if (element.hidden) return;
    window.removeEventListener("message", hear);
    page.replaceChildren();
    element.hidden = true;
    coverChat(false);
    if (before instanceof HTMLElement) before.focus();
  }

  /** What is under the sheet cannot be reached by the keyboard either. */
  function coverChat(covered: boolean): void {
    for (const part of element.parentElement?.children ?? []) {
      if (part instanceof HTMLElement && part !== element) part.inert = covered;
    }
  }

  return { element, open, close };
}

/** "Web events": a page tells its Telegram something as `{"eventType": …}` in JSON. */
function eventTypeOf(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data)?.eventType;
  } catch {
    return undefined;
  }
}
