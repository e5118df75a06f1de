import { el } from "./dom.ts";

/** A command that the bot offers. */
export interface Command {
  readonly command: string;
  readonly description: string;
}

/** The list that opens at "/". */
export interface CommandList {
  readonly element: HTMLElement;
  set(commands: readonly Command[]): void;
  /** Opens with the commands that begin so. */
  open(beginning: string): void;
  close(): void;
  /** Takes arrows, Enter, Tab and Escape while open; gives whether it took the key. */
  key(event: KeyboardEvent): boolean;
}

/** An empty list that tells which command was chosen. */
export function commandList(choose: (command: string) => void): CommandList {
  const element = el("div", {
    class: "commands",
    role: "listbox",
    "aria-label": "Commands",
    hidden: true,
    "data-testid": "commands",
  });
  let commands: readonly Command[] = [];
  let active = 0;

  const options = () => [...element.querySelectorAll<HTMLButtonElement>("button")];
  const mark = () => {
    for (const [i, option] of options().entries()) {
      option.setAttribute("aria-selected", String(i === active));
      if (i === active) option.scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    element.hidden = true;
  };

  return {
    element,
    close,
    set(given) {
      commands = given;
    },
    open(beginning) {
      const fitting = commands.filter((one) => one.command.startsWith(beginning.toLowerCase()));
      active = 0;
      element.replaceChildren(...fitting.map((one) => option(one, () => choose(one.command))));
      element.hidden = fitting.length === 0;
      mark();
    },
    key({ key }) {
      if (element.hidden) return false;
      const shown = options();
      if (key === "Escape") close();
      else if (key === "ArrowDown") active = (active + 1) % shown.length;
      else if (key === "ArrowUp") active = (active + shown.length - 1) % shown.length;
      else if (key === "Enter" || key === "Tab") shown[active]?.click();
      else return false;
      mark();
      return true;
    },
  };
}

function option({ command, description }: Command, onclick: () => void): HTMLElement {
  const props = { type: "button", role: "option", onclick };
  return el("button", props, el("b", {}, `/${command}`), el("span", {}, description));
}
