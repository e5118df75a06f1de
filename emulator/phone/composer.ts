import type { Message } from "../store/message.ts";
import type { BotMenu, Said } from "./api.ts";
import { attachMenu } from "./attach-menu.ts";
import { type CommandList, commandList } from "./command-list.ts";
import { el, icon } from "./dom.ts";
import { menuButton } from "./menu-button.ts";
import { pickedFile } from "./picked-file.ts";
import { replyBar } from "./reply-bar.ts";

/** Where one writes: the field, the command list, what is attached, the message replied to. */
export interface Composer {
  readonly element: HTMLElement;
  setMenu(menu: BotMenu): void;
  /** Writes an answer to a message; `null` is to none. */
  setReply(message: Message | null): void;
  setHint(hint: string): void;
}

/** Where what is written goes, and what went wrong before it could. */
export interface ComposerActs {
  readonly send: (said: Said, replyTo?: number) => void;
  readonly trouble: (words: string) => void;
  /** Opens the page that the button beside the field is for. */
  readonly openApp: () => void;
}

/**
 * A field that sends what is written in it; Enter sends, Shift+Enter is a new line. A file waits over it for a caption
 * and goes with that; a place goes at once.
 */
export function composer({ send, trouble, openApp }: ComposerActs): Composer {
  let hint = "Message";
  const field = messageField();
  const reply = replyBar();
  const picked = pickedFile((waits) => {
    field.placeholder = waits ? "Add a caption…" : hint;
    field.focus();
  });
  const attach = attachMenu({
    file: (kind, file) => void picked.pick(kind, file).catch((error: Error) => trouble(error.message)),
    place: (location) => say({ location }),
  });
  const list = commandList((command) => {
    write("");
    say({ text: `/${command}` });
  });
  const listAll = () => (list.element.hidden ? list.open("") : list.close());
  const menu = menuButton({ commands: listAll, app: openApp });
  const form = el("form", { class: "composer" }, menu.element, attach.button, field, sendButton());

  function say(said: Said): void {
    send(said, reply.take());
    list.close();
    field.focus();
  }

  function submit(): void {
    const text = field.value.trim();
    const said = picked.take(text) ?? (text ? { text } : null);
    if (!said) return;
    write("");
    say(said);
  }

  function write(text: string): void {
    field.value = text;
    grow(field);
  }

  function setReply(message: Message | null): void {
    reply.set(message);
    if (message) field.focus();
  }

  function cancel(): void {
    reply.set(null);
    picked.drop();
  }

  listen(field, form, list, { submit, cancel });
  return {
    element: el("div", { class: "writing" }, list.element, attach.menu, reply.element, picked.element, form),
    setReply,
    setMenu({ commands, app }) {
      list.set(commands);
      menu.set(app ?? null, commands.length > 0);
    },
    setHint(given) {
      hint = given;
      if (picked.element.hidden) field.placeholder = hint;
    },
  };
}

function messageField(): HTMLTextAreaElement {
  const props = { rows: "1", "aria-label": "Message", placeholder: "Message", "data-testid": "composer" };
  return el("textarea", props);
}

function sendButton(): HTMLButtonElement {
  const props = { type: "submit", class: "send", "aria-label": "Send", "data-testid": "send" };
  return el("button", props, icon("send"));
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

type Acts = Readonly<Record<"submit" | "cancel", () => void>>;

function listen(field: HTMLTextAreaElement, form: HTMLFormElement, list: CommandList, acts: Acts): void {
  field.addEventListener("input", () => {
    grow(field);
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
