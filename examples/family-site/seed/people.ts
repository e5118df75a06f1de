import type { NewUser } from "../data/users.ts";

const PETERSBURG = { country: "Россия", region: "Санкт-Петербург", city: "Санкт-Петербург" };
const MOSCOW = { country: "Россия", region: "Москва", city: "Москва" };
const MIKHAILOVSKOYE = { country: "Россия", region: "Псковская область", city: "Михайловское" };
const STAVROPOL = { country: "Россия", region: "Ставропольский край", city: "Ставрополь" };

/** A person of the demonstration under a fixed id. */
export type SeedPerson = NewUser & { readonly id: number };

/** The two whose phones the demonstration shows (requirement 15 prints the first), and ten around them. */
export const PEOPLE: readonly SeedPerson[] = [
  person(127, "Пушкин", "Александр", "Сергеевич", "79187777777", "address@domain.ru", STAVROPOL),
  person(1707, "Керн", "Анна", "Петровна", "79161234567", "anna@example.org", MOSCOW),
  person(1, "Яковлева", "Арина", "Родионовна", "79000000001", "arina@example.org", MIKHAILOVSKOYE),
  person(2, "Пушкин", "Лев", "Сергеевич", "79000000002", "lev@example.org", PETERSBURG),
  person(3, "Пушкина", "Наталья", "Николаевна", "79000000003", "natalia@example.org", PETERSBURG),
  person(4, "Пушкина", "Надежда", "Осиповна", "79000000004", "nadezhda@example.org", MOSCOW),
  person(5, "Пушкин", "Сергей", "Львович", "79000000005", "sergey@example.org", MOSCOW),
  person(6, "Павлищева", "Ольга", "Сергеевна", "79000000006", "olga@example.org", PETERSBURG),
  person(7, "Пушкин", "Василий", "Львович", "79000000007", "vasily@example.org", MOSCOW),
  person(8, "Дельвиг", "Антон", "Антонович", "79000000008", "delvig@example.org", PETERSBURG),
  {
    ...person(9, "Плетнёв", "Пётр", "Александрович", "79000000009", "pletnev@example.org", PETERSBURG),
    role: "manager",
  },
  {
    ...person(10, "Булгарин", "Фаддей", "Венедиктович", "79000000010", "bulgarin@example.org", PETERSBURG),
    isActive: false,
  },
];

function person(
  id: number,
  surname: string,
  name: string,
  patronymic: string,
  phone: string,
  email: string,
  location: SeedPerson["location"],
): SeedPerson {
  return {
    id,
    surname,
    name,
    patronymic,
    phone,
    email,
    location,
    phoneProven: true,
    role: "user",
    isActive: true,
  };
}
