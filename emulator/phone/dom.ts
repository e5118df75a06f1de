type Props = { readonly [name: string]: unknown };
/** What an element may contain: text is put in as text, never as markup. */
export type Child = Node | string | null | undefined | false;

/**
 * Makes an element. `on…` are listeners, `class`, `data-…`, `aria-…` and the like attributes; `false`, `null` and
 * `undefined` leave an attribute out, `true` sets it empty.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The name of a drawing. */
export type IconName = keyof typeof ICONS;

/** A drawing from `ICONS`, hidden from screen readers: the button around it has the words. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.1 15 12 3.4 13.9z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  reply: "M10 8V4l-7 7 7 7v-4.1c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11z",
  close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z",
  ticks:
    "m1.2 12.6 1.3-1.3 3.9 3.9-1.3 1.3zm5.5 0 1.3-1.3 3.5 3.5 9-9.3 1.3 1.3-10.3 10.6zm.6-.7 6.6-6.7 1.2 1.3-6.5 6.7z",
  out: "M7 17 15.6 8.4H9V6.5h10v10h-1.9V9.8L8.4 18.4z",
  /** A window with its bar, as Telegram marks the buttons of pages. */
  app: "M4 4h16a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 20 20H4a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 4 4zm.4 5.5v8.6h15.2V9.5z",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0 2c-3.3 0-8 1.6-8 4.6V20h16v-1.4c0-3-4.7-4.6-8-4.6z",
  file: "M6 2h8l6 6v14H6a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2zm7 1.8V9h5.2z",
  place:
    "M12 2a7 7 0 0 0-7 7c0 5.2 7 13 7 13s7-7.8 7-13a7 7 0 0 0-7-7zm0 9.5a2.5 2.5 0 1 1 0-5 2.5 2.5 0 0 1 0 5z",
  /** A line, not a surface: drawn by its stroke. */
  clip: "M16.5 7v9a4.5 4.5 0 0 1-9 0V6.3a2.8 2.8 0 0 1 5.6 0v9.2a1.1 1.1 0 0 1-2.2 0V8",
  photo:
    "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2zm1 13h14l-4.5-6.5-3.5 4.5-2.5-3zm3-7a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  voice:
    "M12 14.5a3.5 3.5 0 0 0 3.5-3.5V6a3.5 3.5 0 0 0-7 0v5a3.5 3.5 0 0 0 3.5 3.5zM5.5 11a6.5 6.5 0 0 0 5.5 6.4V21h2v-3.6a6.5 6.5 0 0 0 5.5-6.4h-2a4.5 4.5 0 0 1-9 0z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zm6 0h4v14h-4z",
  ban: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM4 12a8 8 0 0 1 12.9-6.3L5.7 16.9A8 8 0 0 1 4 12zm8 8a8 8 0 0 1-4.9-1.7L18.3 7.1A8 8 0 0 1 12 20z",
  keys: "M3 6h18v12H3zm2 2v2h2V8zm4 0v2h2V8zm4 0v2h2V8zm4 0v2h2V8zM5 12v1.5h2V12zm4 0v1.5h6V12zm8 0v1.5h2V12zM8 15v1.5h8V15z",
} as const;
