const plurals = new Intl.PluralRules("ru");
const whole = new Intl.NumberFormat("ru-RU");

/** The site's people live by Moscow time; the server may stand anywhere. */
const timeZone = "Europe/Moscow";
const day = new Intl.DateTimeFormat("ru-RU", { day: "numeric", month: "long", year: "numeric", timeZone });
const clock = new Intl.DateTimeFormat("ru-RU", { hour: "2-digit", minute: "2-digit", timeZone });

/** «1 комментарий», «3 комментария», «5 комментариев». */
export function counted(count: number, one: string, few: string, many: string): string {
  const form = { one, few }[plurals.select(count) as "one" | "few"] ?? many;
  return `${whole.format(count)} ${form}`;
}

/** «3 мая 2026 г. в 14:05». */
export function dayAndTime(at: number): string {
  return `${day.format(at)} в ${clock.format(at)}`;
}

/** «14:05». */
export function timeOfDay(at: number): string {
  return clock.format(at);
}

/** «3 мая 2026 г.» */
export function dayOf(at: number): string {
  return day.format(at);
}

/** «1 250 ₽». */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("ru-RU", { style: "currency", currency, maximumFractionDigits: 0 }).format(
    amount,
  );
}

/** What people are on this site. */
export const ROLES: Readonly<Record<string, string>> = {
  user: "семья",
  manager: "сотрудник",
  admin: "хозяин сайта",
};
