import type { RefusalReason } from "../../contract/refusal.ts";
import type { Language, Words } from "../../contract/words.ts";

/** What a call was answered with. Requirement 4: "success" and more on 200; "success" and "message" alone elsewhere. */
export type Answer = { readonly success: boolean } & Readonly<Record<string, unknown>>;

/** One thing that is wrong with a request. */
export interface Problem {
  /** Where: names and numbers from the body's root, "script_request_params.userIds.3". */
  readonly path: string;
  readonly message: string;
}

/** Most problems listed of one request, and most characters of what is said of each: it may quote the request. */
const MOST_PROBLEMS = 50;
const MOST_CHARACTERS = 300;

/** The words of expected refusals; the Russian ones are the seeds'. */
const refusals: Readonly<Record<RefusalReason, Words<string>>> = {
  "post-not-found": { ru: "Пост не найден", en: "Post not found" },
  "user-not-found": { ru: "Пользователь не найден", en: "User not found" },
  "order-not-found": { ru: "Заказ не найден", en: "Order not found" },
  "request-not-found": { ru: "Заявка не найдена", en: "Request not found" },
  "call-not-found": { ru: "Вызов не найден", en: "Call not found" },
  "call-finished": { ru: "Вызов уже завершён", en: "The call has already ended" },
  "call-expired": { ru: "Срок вызова истёк", en: "The call's time is over" },
  "nothing-failed": {
    ru: "Неудачных отправок нет, повторять нечего",
    en: "Nobody failed, so there is nothing to send again",
  },
  "dead-letter-not-found": { ru: "Недоставленное не найдено", en: "Dead letter not found" },
  "already-redriven": {
    ru: "Недоставленное уже отправлено повторно",
    en: "This dead letter was already sent again",
  },
  "queue-unknown": {
    ru: "Неизвестно, из какой очереди это сообщение",
    en: "Nobody knows which queue this message is from",
  },
  "conversation-unreached": {
    ru: "Изменение сохранено, но чат пользователя о нём ещё не знает, повторите запрос",
    en: "The change is saved, but the user's chat does not know of it yet, send the request again",
  },
  "system-unavailable": {
    ru: "Основная система не отвечает, попробуйте позже",
    en: "The main system does not answer, try again later",
  },
  "system-refused": {
    ru: "Основная система отказала в запросе",
    en: "The main system refused the request",
  },
  "data-too-large": {
    ru: "Данные для коммуникации слишком велики",
    en: "The data for the communication is too large",
  },
  "pin-wrong": { ru: "Неверный PIN-код", en: "Wrong PIN" },
  "pin-expired": { ru: "Срок действия PIN-кода истёк", en: "The PIN has expired" },
  "pin-used": { ru: "PIN-код уже использован", en: "The PIN was used already" },
  "pin-burnt": {
    ru: "PIN-код больше не действует: его слишком много раз ввели неверно",
    en: "The PIN is no longer good: it was entered wrongly too many times",
  },
  "not-verified": {
    ru: "Сначала нужен верный PIN-код: authorize, не больше 15 минут назад",
    en: "A right PIN is needed first: authorize, not more than 15 minutes ago",
  },
  "linked-to-another": {
    ru: "Бот подключён к другой учётной записи; чтобы заменить её, нужен relink",
    en: "The bot is linked to another account; to replace it, relink is needed",
  },
  "user-blocked": { ru: "Учётная запись заблокирована", en: "The account is blocked" },
  "link-expired": { ru: "Ссылка больше не действует", en: "The link is no longer good" },
  "init-data-invalid": {
    ru: "initData не от Telegram или устарели",
    en: "initData is not from Telegram, or too old",
  },
  "lead-not-found": {
    ru: "Этот человек ещё не писал боту",
    en: "This person has not written to the bot yet",
  },
};

const failures = {
  validation: { ru: "Ошибка валидации", en: "Validation error" },
  otherBody: {
    ru: "Этот Idempotency-Key уже использован с другим запросом",
    en: "This Idempotency-Key was used with another request",
  },
  running: {
    ru: "Вызов с этим Idempotency-Key ещё выполняется, повторите позже",
    en: "The call with this Idempotency-Key is still running, try again later",
  },
} satisfies Record<string, Words<string>>;

/** A business "no" (200). */
export function refused(reason: RefusalReason, language: Language): Answer {
  return { success: false, errorCode: reason, message: refusals[reason][language] };
}

/** "No" for now: the same call, made again, may be a "yes". */
const PASSING: readonly unknown[] = [
  "system-unavailable",
  "conversation-unreached",
] satisfies RefusalReason[];

/** Whether this is a "no" for now. */
export function isPassing({ errorCode }: Answer): boolean {
  return PASSING.includes(errorCode);
}

/** Parameters that have not their shape (200, errorCode 422). */
export function invalid(problems: readonly Problem[], language: Language): Answer {
  const errors = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => ({ path: cut(path), message: cut(message) }));
  return { success: false, errorCode: 422, message: failures.validation[language], errors };
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS).toWellFormed()}…` : text;
}

/** An `Idempotency-Key` that is taken (200, errorCode 409). */
export function keyTaken(by: "otherBody" | "running", language: Language): Answer {
  return { success: false, errorCode: 409, message: failures[by][language] };
}

/** Bodies of everything but 200 (requirement 5). */
export const httpFailures: Readonly<
  Record<401 | 403 | 404 | 429 | 500, { readonly success: false; readonly message: string }>
> = {
  401: { success: false, message: "Отсутствуют данные для авторизации или неверный токен авторизации" },
  403: { success: false, message: "Нет прав для выполнения запроса" },
  404: { success: false, message: "Неправильный URL запроса" },
  429: { success: false, message: "Слишком много вызовов, повторите позже" },
  500: { success: false, message: "Внутренняя ошибка" },
};
