import type { Message } from "../store/message.ts";
import { bubble, type MessageActions } from "./bubble.ts";
import { el } from "./dom.ts";
import { dayName } from "./words.ts";

/** How far from the end one still counts as reading the newest, px. */
const NEAR_END = 120;

/** The list of messages: newest below, followed while the reader is there. */
export interface MessageLog {
  readonly element: HTMLElement;
  /** Shows these and nothing else. */
  replace(messages: readonly Message[]): void;
  /** Shows a new message, or an edited one in its place. */
  put(message: Message): void;
  remove(messageId: number): void;
  /** Scrolls to a message and lights it up. */
  show(messageId: number): void;
  /** The message of that id, if it is shown. */
  find(messageId: number): Message | null;
  isEmpty(): boolean;
}

/** An empty list that speaks the language of the phone's owner. */
export function messageLog(label: string, language: string, actions: MessageActions): MessageLog {
  const element = el("div", {
    class: "log",
    role: "log",
    "aria-label": label,
    tabindex: "0",
    "data-testid": "chat",
  });
  const find = (id: number) => element.querySelector<HTMLElement>(`[data-message-id="${id}"]`);
  const shown = new Map<number, Message>();
  let atEnd = true;
  element.addEventListener("scroll", () => {
    atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  });

  new ResizeObserver(() => followEnd()).observe(element);

  function put(message: Message): void {
    shown.set(message.message_id, message);
    const follow = atEnd;
    const made = bubble(message, actions);
    const old = find(message.message_id);
    if (old) old.replaceWith(made);
    else addInOrder(element, made, message, language);
    if (follow) toEnd();
    for (const image of made.querySelectorAll("img")) image.addEventListener("load", () => follow && toEnd());
  }

  function toEnd(): void {
    element.scrollTop = element.scrollHeight;
  }

  function followEnd(): void {
    if (atEnd) toEnd();
  }

  return {
    element,
    put,
    replace(messages) {
      element.replaceChildren();
      shown.clear();
      for (const message of messages) put(message);
      toEnd();
    },
    remove(id) {
      shown.delete(id);
      find(id)?.remove();
    },
    show(id) {
      const found = find(id);
      if (!found) return;
      found.scrollIntoView({ block: "center", behavior: "smooth" });
      found.classList.remove("lit");
      requestAnimationFrame(() => found.classList.add("lit"));
    },
    find: (id) => shown.get(id) ?? null,
    isEmpty: () => element.querySelector("article") === null,
  };
}

function addInOrder(log: HTMLElement, made: HTMLElement, message: Message, language: string): void {
  const day = dayName(message.date, language);
  const later = [...log.querySelectorAll<HTMLElement>("article")].find(
    (one) => Number(one.dataset.messageId) > message.message_id,
  );
  if (later) {
    later.before(made);
    return;
  }
  const last = [...log.querySelectorAll(".day")].at(-1);
  if (last?.textContent !== day) log.append(el("div", { class: "day" }, day));
  log.append(made);
}
