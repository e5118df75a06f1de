import type { Message } from "../store/message.ts";
import { type Command, type CommandList, commandList } from "./command-list.ts";
import { el, icon } from "./dom.ts";
import { fullName, summary } from "./words.ts";

/** Where one writes: the field, the command list, the message replied to. */
export interface Composer {
  readonly element: HTMLElement;
  setCommands(commands: readonly Command[]): void;
  /** Writes an answer to a message; `null` is to none. */
  setReply(message: Message | null): void;
  setHint(hint: string): void;
}

/** A field that sends what is written in it; Enter sends, Shift+Enter is a new line. */
export function composer(send: (text: string, replyTo?: number) => void): Composer {
  let replyTo: Message | null = null;
  const field = el("textarea", {
    rows: "1",
    "aria-label": "Message",
    placeholder: "Message",
    "data-testid": "composer",
  });
  const reply = el("div", { class: "reply-bar", hidden: true });
  const list = commandList((command) => submit(`/${command}`));
  const menu = menuButton(() => (list.element.hidden ? list.open("") : list.close()));
  const go = el(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", "data-testid": "send" },
    icon("send"),
  );
  const form = el("form", { class: "composer" }, menu, field, go);

  function submit(text: string): void {
    const trimmed = text.trim();
    if (!trimmed) return;
    send(trimmed, replyTo?.message_id);
    field.value = "";
    setReply(null);
    list.close();
    grow();
    field.focus();
  }

  function setReply(message: Message | null): void {
    replyTo = message;
    reply.hidden = message === null;
    reply.replaceChildren(...(message ? replyBar(message, () => setReply(null)) : []));
    if (message) field.focus();
  }

  function grow(): void {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  }

  listen(field, form, list, { grow, submit: () => submit(field.value), cancel: () => setReply(null) });

  return {
    element: el("div", { class: "writing" }, list.element, reply, form),
    setReply,
    setCommands(commands) {
      list.set(commands);
      menu.hidden = commands.length === 0;
    },
    setHint(hint) {
      field.placeholder = hint;
    },
  };
}

function menuButton(toggle: () => void): HTMLButtonElement {
  const props = {
    type: "button",
    class: "menu",
    "aria-label": "Commands",
    "data-testid": "menu",
    hidden: true,
  };
  return el("button", { ...props, onclick: toggle }, icon("menu"), el("span", {}, "Menu"));
}

function replyBar(message: Message, cancel: () => void): Node[] {
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

type Acts = Readonly<Record<"grow" | "submit" | "cancel", () => void>>;

function listen(field: HTMLTextAreaElement, form: HTMLFormElement, list: CommandList, acts: Acts): void {
  field.addEventListener("input", () => {
    acts.grow();
    const command = /^\/(\w*)$/.exec(field.value);
    if (command) list.open(command[1] ?? "");
    else list.close();
  });
  field.addEventListener("keydown", (event) => {
    if (list.key(event)) event.preventDefault();
    else if (event.key === "Escape") acts.cancel();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      acts.submit();
    }
  });
  field.addEventListener("blur", ({ relatedTarget }) => {
    const stays = relatedTarget instanceof Node && form.parentElement?.contains(relatedTarget);
    if (!stays) list.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    acts.submit();
  });
}
