import { html } from "hono/html";
import type { BotAnswer } from "../../bot/ask.ts";
import type { Html } from "../layout.ts";
import { counted, timeOfDay } from "../words.ts";

/** Why it does not go on, and what the person can do about it. */
export interface Problem {
  readonly testid: string;
  readonly title: string;
  readonly words: string;
  /** A way out other than the form below. */
  readonly way?: { readonly href: string; readonly label: string } | "new-pin";
}

/** An answer that leads nowhere yet. */
type Trouble = Exclude<BotAnswer, { readonly kind: "yes" }>;

const SILENT: Problem = {
  testid: "link-silent",
  title: "Бот не ответил",
  words: "Это не ваша ошибка. Через минуту повторите то же самое ещё раз: попытка не пропадёт.",
};

/** Where they have signed out in the bot meanwhile, this page's link is over: no new PIN is good here then. */
const NEW_PIN =
  "Бот пришлёт новые ссылку и PIN. Введите PIN здесь, а если он не подойдёт, откройте новую ссылку.";

const REFUSALS: Readonly<Record<string, Problem>> = {
  "pin-expired": {
    testid: "pin-expired",
    title: "Этот PIN устарел",
    words: `PIN действует 10 минут. ${NEW_PIN}`,
    way: "new-pin",
  },
  "pin-used": {
    testid: "pin-used",
    title: "Этот PIN здесь уже не подойдёт",
    words: `Каждый PIN подходит один раз и только к своей ссылке. ${NEW_PIN}`,
    way: "new-pin",
  },
  "pin-burnt": {
    testid: "pin-burnt",
    title: "Этот PIN больше не действует",
    words: `Его слишком много раз ввели с ошибкой. ${NEW_PIN}`,
    way: "new-pin",
  },
  "not-verified": {
    testid: "link-too-late",
    title: "Нужен новый PIN",
    words: `Прежний вас уже не подтверждает: прошло больше 15 минут, бот дал новый или вы вышли в нём. ${NEW_PIN}`,
    way: "new-pin",
  },
  "linked-to-another": {
    testid: "link-taken",
    title: "Этот Telegram уже подключили к другому аккаунту",
    words:
      "Это случилось, пока страница была открыта. С новым PIN можно будет выбрать, какой аккаунт оставить.",
    way: "new-pin",
  },
  "user-not-found": {
    testid: "link-no-account",
    title: "Бот не нашёл этот аккаунт",
    words: "Возможно, его только что удалили. Войдите под другим именем и попросите у бота новый PIN.",
    way: "new-pin",
  },
  "user-blocked": {
    testid: "link-closed",
    title: "Доступ этого аккаунта закрыт",
    words: "Войти в него или подключить к нему Telegram нельзя. Открыть доступ может хозяин сайта.",
  },
};

/** The account that the bot knows may not be entered here. */
export const CLOSED: Problem = {
  testid: "link-closed",
  title: "В этот аккаунт войти нельзя",
  words: "Этот Telegram подключён к аккаунту, который закрыт или удалён. Почему — знает хозяин сайта.",
};

/** More PINs from one link than anybody needs. */
export const TOO_MANY_PINS: Problem = {
  testid: "link-limit",
  title: "По этой ссылке слишком много попыток",
  words: "Попросите у бота новую ссылку: с ней можно продолжать сразу.",
  way: "new-pin",
};

/** More PINs from one place than a family needs; `until` in milliseconds since 1970. */
export function tooManyFromHere(until: number): Problem {
  const words = `Отсюда слишком часто вводили PIN. Попробуйте снова после ${timeOfDay(until)} по Москве.`;
  return { testid: "link-limit", title: "Нужно подождать", words };
}

/** What to say of an answer that leads nowhere. */
export function problemOf(answer: Trouble, now: number): Problem {
  if (answer.kind === "silent") return SILENT;
  if (answer.kind === "busy") return busy(now + (answer.retryAfterS ?? 60) * 1000);
  if (answer.errorCode === "pin-wrong") return wrongPin(answer.attemptsLeft);
  return REFUSALS[answer.errorCode] ?? refused(answer.message);
}

/** The words in a box of their own, above the form. */
export function problemBox({ testid, title, words, way }: Problem, newPinLink: string): Html {
  return html`<section class="card notice" role="alert" data-testid="${testid}">
    <h2>${title}</h2>
    <p>${words}</p>
    ${way === undefined ? "" : wayOut(way, newPinLink)}
  </section>`;
}

function wayOut(way: NonNullable<Problem["way"]>, newPinLink: string): Html {
  return way === "new-pin"
    ? html`<p>${botButton(newPinLink, "Получить новый PIN")}</p>`
    : html`<p><a class="button" href="${way.href}" data-testid="way-out">${way.label}</a></p>`;
}

/** A link into the chat with the bot. */
export function botButton(href: string, label: string): Html {
  return html`<a class="button" href="${href}" target="_blank" rel="noopener" data-testid="to-bot">${label}</a>`;
}

function wrongPin(attemptsLeft: number | undefined): Problem {
  const left =
    attemptsLeft === undefined
      ? ""
      : ` У этого PIN ${attemptsLeft === 1 ? "осталась" : "осталось"} ${counted(attemptsLeft, "попытка", "попытки", "попыток")}.`;
  return {
    testid: "pin-wrong",
    title: "PIN не подошёл",
    words: `Сверьте его с последним сообщением бота и введите ещё раз; если он из другого сообщения, откройте ссылку оттуда.${left}`,
  };
}

function busy(until: number): Problem {
  return {
    testid: "link-busy",
    title: "Бот просит подождать",
    words: `Слишком много попыток сразу. Попробуйте снова после ${timeOfDay(until)} по Москве.`,
  };
}

function refused(message: string): Problem {
  const words = message ? `Бот ответил: ${message}` : "Попросите у бота новый PIN и попробуйте ещё раз.";
  return { testid: "link-refused", title: "Не получилось", words, way: "new-pin" };
}
