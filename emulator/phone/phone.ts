import type { PhoneEvent } from "../phone-line.ts";
import type { Keyboard, Message } from "../store/message.ts";
import type { Person } from "../store/people.ts";
import { type BotInfo, type Line, line } from "./api.ts";
import { type Composer, composer } from "./composer.ts";
import { copy } from "./copy.ts";
import { deepLink } from "./deep-link.ts";
import { el } from "./dom.ts";
import { type MessageLog, messageLog } from "./message-log.ts";
import { type MiniApp, miniApp } from "./mini-app.ts";
import { type Notices, notices } from "./notice.ts";
import { type Frame, phoneFrame } from "./phone-frame.ts";
import { replyKeyboard } from "./reply-keyboard.ts";
import { type SmsPane, smsPane } from "./sms-pane.ts";
import { type Taps, taps } from "./taps.ts";
import { fullName, languageOf } from "./words.ts";

/** Bot API: "typing…" stands for five seconds or until a message, ms. */
const TYPING_TIME = 5000;

/** A person's phone, with a bot's chat and the texts on it. */
export class Phone {
  readonly element: HTMLElement;
  readonly #to: Line;
  readonly #bot: BotInfo;
  readonly #log: MessageLog;
  readonly #writing: Composer;
  readonly #notices: Notices;
  readonly #taps: Taps;
  readonly #sms: SmsPane;
  readonly #app: MiniApp;
  readonly #frame: Frame;
  readonly #events: EventSource;
  readonly #bottom = el("div", { class: "bottom" });
  readonly #greeting = el("p", { class: "greeting" }, "No messages here yet…");
  #state: { blocked: boolean; opened: boolean; keyboard: Keyboard | null } = {
    blocked: false,
    opened: false,
    keyboard: null,
  };
  /** What a link brought along, until START is pressed. */
  #payload: string;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(person: Person, bot: BotInfo, payload: string) {
    const language = languageOf(person);
    this.#bot = bot;
    this.#payload = payload;
    this.#to = line(person.id, bot.username);
    this.#notices = notices(bot.first_name);
    this.#taps = taps(this.#to, this.#notices);
    this.#app = miniApp(bot.first_name);
    this.#sms = smsPane(`sms-${person.id}`, language);
    this.#writing = composer({
      send: (said, replyTo) => this.#try(this.#to.write(said, replyTo)),
      trouble: (words) => this.#notices.toast(words),
      openApp: () => this.#try(this.#openMenu()),
    });
    const opens = { link: (url: string) => this.#follow(url), app: (url: string) => this.#app.open(url) };
    this.#log = messageLog(`Chat of ${fullName(person)} with ${bot.first_name}`, language, {
      reply: (message) => this.#writing.setReply(message),
      show: (id) => this.#log.show(id),
      command: (text) => this.#try(this.#to.write({ text })),
      link: (url) => this.#follow(url),
      copy: (code) => this.#try(copy(code).then(() => this.#notices.toast("Copied"))),
      tap: (message, button, element) => this.#try(this.#taps.tap(message, button, element, opens)),
    });
    const scene = el("div", { class: "scene" }, this.#log.element, this.#greeting, this.#notices.element);
    this.#frame = phoneFrame(person, bot, {
      chat: [scene, this.#bottom, this.#app.element],
      sms: this.#sms.element,
      block: () => this.#try(this.#to.block(!this.#state.blocked)),
    });
    this.element = this.#frame.element;
    this.#events = new EventSource(`/emulator/users/${person.id}/events`);
    this.#events.addEventListener("open", () => this.#try(this.#load()));
    this.#events.addEventListener("message", ({ data }) => this.#hear(JSON.parse(data)));
  }

  /** Hangs up. */
  close(): void {
    this.#events.close();
    this.#app.close();
  }

  /** Everything anew: at first, and whenever the line was down. */
  async #load(): Promise<void> {
    const [chat, sms] = await Promise.all([this.#to.chat(), this.#to.sms(), this.#loadMenu()]);
    this.#log.replace(chat.messages);
    this.#sms.replace(sms);
    this.#take(chat);
  }

  async #loadMenu(): Promise<void> {
    this.#writing.setMenu(await this.#to.commands());
  }

  #hear(event: PhoneEvent): void {
    if (event.type === "reset") location.reload();
    else if (event.type === "sms") {
      this.#sms.add(event.sms);
      this.#frame.smsCame();
    } else if (event.bot === this.#bot.username) this.#hearBot(event);
  }

  #hearBot(event: Exclude<PhoneEvent, { type: "reset" | "sms" }>): void {
    if (event.type === "message") this.#show(event.message);
    else if (event.type === "deleted") this.#log.remove(event.message_id);
    else if (event.type === "chat") this.#take({ ...this.#state, ...event });
    else if (event.type === "commands") this.#try(this.#loadMenu());
    else if (event.type === "answer") this.#taps.answer(event);
    else this.#act(event.action);
  }

  #show(message: Message): void {
    this.#log.put(message);
    if (message.from.is_bot) this.#act(null);
    if (this.#state.opened) this.#greeting.hidden = true;
    else this.#take({ ...this.#state, opened: true });
  }

  #take(state: { blocked: boolean; opened: boolean; keyboard: Keyboard | null }): void {
    const { keyboard } = state;
    const asked =
      keyboard && "force_reply" in keyboard && keyboard.message_id !== this.#state.keyboard?.message_id;
    this.#state = state;
    this.#greeting.hidden = !this.#log.isEmpty();
    this.#frame.setBlocked(state.blocked, state.opened);
    this.#writing.setHint(keyboard?.input_field_placeholder ?? "Message");
    this.#drawBottom();
    const message = asked ? this.#log.find(keyboard.message_id) : null;
    if (message) this.#writing.setReply(message);
  }

  #drawBottom(): void {
    const { blocked, opened, keyboard } = this.#state;
    const bottom = this.#bottom;
    if (blocked) bottom.replaceChildren(this.#bigButton("UNBLOCK", () => this.#to.block(false)));
    else if (!opened || this.#payload) bottom.replaceChildren(this.#bigButton("START", () => this.#start()));
    else {
      const keys = replyKeyboard(keyboard, (text) => this.#try(this.#to.tap(text)));
      // The field is put in once: moving it would take its focus.
      if (this.#writing.element.parentNode !== bottom) bottom.replaceChildren(this.#writing.element);
      bottom.querySelector(".reply-keyboard")?.remove();
      if (keys) bottom.append(keys);
    }
  }

  #bigButton(words: string, act: () => Promise<unknown>): HTMLElement {
    const props = { type: "button", class: "start", "data-testid": words.toLowerCase() };
    return el("button", { ...props, onclick: () => this.#try(act()) }, words);
  }

  async #start(payload = this.#payload): Promise<void> {
    this.#payload = "";
    // Used up: loading the page again is not following the link again.
    const url = new URL(location.href);
    url.searchParams.delete("start");
    history.replaceState(null, "", url);
    await this.#to.write({ text: `/start ${payload}`.trim() });
    this.#drawBottom();
  }

  async #openMenu(): Promise<void> {
    this.#app.open((await this.#to.openMenu()).url);
  }

  /** Follows a link to the bot itself; gives whether it was one. */
  #follow(url: string): boolean {
    const payload = deepLink(url, this.#bot.username);
    if (payload !== null) this.#try(this.#start(payload));
    return payload !== null;
  }

  #act(action: string | null): void {
    clearTimeout(this.#typing);
    this.#frame.setStatus(action === null ? "bot" : (ACTIONS.get(action) ?? "typing…"));
    if (action !== null) this.#typing = setTimeout(() => this.#act(null), TYPING_TIME);
  }

  #try(act: Promise<unknown>): void {
    act.catch((error: Error) => this.#notices.toast(error.message));
  }
}

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["upload_photo", "sending a photo…"],
  ["upload_document", "sending a file…"],
  ["record_voice", "recording voice…"],
  ["upload_voice", "sending voice…"],
  ["find_location", "choosing a place…"],
]);
