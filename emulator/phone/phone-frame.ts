import type { Person } from "../store/people.ts";
import type { BotInfo } from "./api.ts";
import { type Child, el, icon } from "./dom.ts";
import { colour, fullName, initials, phoneNumber } from "./words.ts";

/** The parts of a phone that do not change with the chat. */
export interface Frame {
  readonly element: HTMLElement;
  /** Says what the bot is doing, or that it is a bot. */
  setStatus(text: string): void;
  /** Shows whether the bot is blocked; one that was never written to cannot be. */
  setBlocked(blocked: boolean, opened: boolean): void;
  /** Marks that a text came, unless one is looking at them. */
  smsCame(): void;
}

/** What is put into the frame. */
export interface FrameParts {
  readonly chat: Child[];
  readonly sms: HTMLElement;
  readonly block: () => void;
}

/** Draws a person's phone around a chat. */
export function phoneFrame(person: Person, bot: BotInfo, parts: FrameParts): Frame {
  const status = el("span", { class: "status", "aria-live": "polite" }, "bot");
  const block = el(
    "button",
    { type: "button", class: "round block", "data-testid": "block", onclick: parts.block },
    icon("ban"),
  );
  const chatId = `chat-${person.id}`;
  const chat = el(
    "div",
    { class: "chat", id: chatId, role: "tabpanel", "aria-label": "Telegram" },
    ...parts.chat,
  );
  const badge = el("span", { class: "badge", hidden: true, "aria-label": "new" });
  const { tabs, smsOpen } = tabStrip(chat, parts.sms, badge);

  const bar = el(
    "div",
    { class: "bar" },
    el("div", { class: `avatar ${colour(bot.id)}`, "aria-hidden": "true" }, initials(bot.first_name)),
    el("div", { class: "who" }, el("h3", {}, bot.first_name), status),
    block,
  );
  chat.prepend(bar);
  const screen = el("div", { class: "screen" }, tabs, chat, parts.sms);
  const name = fullName(person);
  const owner = el("div", { class: "owner" }, el("h2", {}, name), el("span", {}, ownerLine(person)));
  return {
    element: el(
      "section",
      { class: "phone", "aria-label": `Phone of ${name}`, "data-testid": `phone-${person.id}` },
      owner,
      screen,
    ),
    setStatus: (text) => {
      status.textContent = text;
    },
    setBlocked(blocked, opened) {
      block.hidden = !opened;
      block.setAttribute("aria-label", blocked ? "Unblock the bot" : "Block the bot");
      block.title = blocked ? "Unblock the bot" : "Block the bot";
      block.classList.toggle("blocked", blocked);
    },
    smsCame() {
      if (smsOpen()) return;
      badge.textContent = String(Number(badge.textContent) + 1);
      badge.hidden = false;
    },
  };
}

function ownerLine({ id, phone_number }: Person): string {
  return [phone_number && phoneNumber(phone_number), `id ${id}`].filter(Boolean).join(" · ");
}

function tabStrip(chat: HTMLElement, sms: HTMLElement, badge: HTMLElement) {
  const tab = (label: string, panel: HTMLElement, ...more: Child[]) =>
    el(
      "button",
      { type: "button", role: "tab", "aria-controls": panel.id, "data-testid": `tab-${label.toLowerCase()}` },
      label,
      ...more,
    );
  const both = [tab("Telegram", chat), tab("SMS", sms, badge)] as const;

  const open = (chosen: 0 | 1) => {
    chat.hidden = chosen === 1;
    sms.hidden = chosen === 0;
    for (const [i, one] of both.entries()) {
      one.setAttribute("aria-selected", String(i === chosen));
      one.tabIndex = i === chosen ? 0 : -1;
    }
    if (chosen === 0) return;
    badge.hidden = true;
    badge.textContent = "";
    sms.scrollTop = sms.scrollHeight;
  };
  both[0].addEventListener("click", () => open(0));
  both[1].addEventListener("click", () => open(1));
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Apps" }, ...both);
  tabs.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = sms.hidden ? 1 : 0;
    open(other);
    both[other].focus();
  });
  open(0);
  return { tabs, smsOpen: () => !sms.hidden };
}
