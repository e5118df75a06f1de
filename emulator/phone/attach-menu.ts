import type { FileKind } from "../store/files.ts";
import { el, type IconName, icon } from "./dom.ts";
import { type Place, placeForm } from "./place-form.ts";

/** What one can attach; `accept` is what the browser offers to choose from. */
const FILES: readonly { readonly kind: FileKind; readonly label: string; readonly accept: string }[] = [
  { kind: "photo", label: "Photo", accept: "image/png,image/jpeg,image/webp,image/gif" },
  { kind: "document", label: "File", accept: "" },
  { kind: "voice", label: "Voice message", accept: "audio/*" },
];

const LOOKS: Readonly<Record<FileKind | "place", { readonly icon: IconName; readonly tint: string }>> = {
  photo: { icon: "photo", tint: "tint-1" },
  document: { icon: "file", tint: "tint-4" },
  voice: { icon: "voice", tint: "tint-2" },
  place: { icon: "place", tint: "tint-0" },
};

/** What is chosen in the menu goes here. */
export interface AttachActs {
  readonly file: (kind: FileKind, file: File) => void;
  readonly place: (place: Place) => void;
}

/** The button beside the field, and the menu that it opens over it. */
export interface AttachMenu {
  readonly button: HTMLElement;
  readonly menu: HTMLElement;
}

/** A closed menu. */
export function attachMenu(acts: AttachActs): AttachMenu {
  const place = placeForm((chosen) => {
    show(false);
    acts.place(chosen);
  });
  const chooser = fileChooser();
  const items = el(
    "div",
    { class: "attach-items" },
    ...FILES.map(({ kind, label, accept }) =>
      item(kind, label, () => {
        show(false);
        chooser.ask(accept, (file) => acts.file(kind, file));
      }),
    ),
    item("place", "Location", () => {
      // The form first: what has the focus must not go before it has passed it on.
      place.hidden = false;
      place.querySelector("input")?.focus();
      items.hidden = true;
    }),
  );
  const props = { class: "attach-menu", tabindex: "-1", hidden: true, "data-testid": "attach-menu" };
  const menu = el("div", props, items, place, chooser.element);
  const button = attachButton(() => show(menu.matches("[hidden]")));

  function show(open: boolean): void {
    menu.hidden = !open;
    items.hidden = false;
    place.hidden = true;
    button.setAttribute("aria-expanded", String(open));
  }
  closeOnLeave(menu, button, () => show(false));
  return { button, menu };
}

function attachButton(onclick: () => void): HTMLElement {
  const props = { type: "button", class: "attach", "aria-label": "Attach", "data-testid": "attach" };
  return el("button", { ...props, "aria-expanded": "false", onclick }, icon("clip"));
}

function item(look: keyof typeof LOOKS, label: string, onclick: () => void): HTMLElement {
  const round = el("span", { class: `avatar small ${LOOKS[look].tint}` }, icon(LOOKS[look].icon));
  return el("button", { type: "button", onclick }, round, label);
}

/** Lets the browser ask for one file; nothing happens where the person thinks better of it. */
function fileChooser() {
  const input = el("input", { type: "file", hidden: true });
  let take: (file: File) => void = () => {};
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) take(file);
    // The same file chosen again is a change, too.
    input.value = "";
  });
  return {
    element: input,
    ask(accept: string, chosen: (file: File) => void): void {
      take = chosen;
      input.accept = accept;
      input.click();
    },
  };
}

function closeOnLeave(menu: HTMLElement, button: HTMLElement, close: () => void): void {
  for (const part of [menu, button]) {
    part.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      close();
      button.focus();
    });
    part.addEventListener("focusout", ({ relatedTarget }) => {
      const stays =
        relatedTarget instanceof Node && (menu.contains(relatedTarget) || button === relatedTarget);
      if (!stays) close();
    });
  }
}
