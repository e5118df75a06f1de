import { el, icon } from "./dom.ts";

/** The button beside the field. */
export interface MenuButton {
  readonly element: HTMLElement;
  /** What it is for: the bot's page under these words, else the commands where there are any, else nothing. */
  set(app: string | null, hasCommands: boolean): void;
}

/** What it does. */
export interface MenuActs {
  readonly commands: () => void;
  readonly app: () => void;
}

/** A button that is for nothing yet, and hidden. */
export function menuButton(acts: MenuActs): MenuButton {
  const words = el("span", {});
  const sign = el("span", { class: "sign" });
  let app: string | null = null;
  const onclick = () => (app === null ? acts.commands() : acts.app());
  const props = { type: "button", class: "menu", "data-testid": "menu", hidden: true, onclick };
  const element = el("button", props, sign, words);

  return {
    element,
    set(given, hasCommands) {
      app = given;
      element.hidden = app === null && !hasCommands;
      element.setAttribute("aria-label", app ?? "Commands");
      words.textContent = app ?? "Menu";
      sign.replaceChildren(icon(app === null ? "menu" : "app"));
    },
  };
}
