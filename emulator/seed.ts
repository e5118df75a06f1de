import type { Person } from "./store/people.ts";
import type { World } from "./world.ts";

/** The people of the family site, as Telegram knows them. */
const PEOPLE: readonly Person[] = [
  {
    id: 127,
    first_name: "Александр",
    last_name: "Пушкин",
    username: "pushkin",
    language_code: "ru",
    phone_number: "79187777777",
  },
  {
    id: 1707,
    first_name: "Анна",
    last_name: "Керн",
    username: "kern",
    language_code: "ru",
    phone_number: "79161234567",
  },
];

/** Makes two people to begin with, where there is nobody yet. */
export function seed(world: World): void {
  if (world.store.people.all().length > 0) return;
  for (const person of PEOPLE) world.store.people.put(person);
}
