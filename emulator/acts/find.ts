import type { Bot } from "../store/bots.ts";
import type { Person } from "../store/people.ts";
import type { World } from "../world.ts";
import { ActError } from "./error.ts";

/** The person of that id. Throws 404. */
export function personOf(world: World, id: number): Person {
  const person = world.store.people.find(id);
  if (!person) throw new ActError(404, `there is no user ${id}; make one with PUT /emulator/users/${id}`);
  return person;
}

/** The bot of that username. Throws 404. */
export function botNamed(world: World, username: string): Bot {
  const bot = world.store.bots.byUsername(username);
  if (bot) return bot;
  const known = world.store.bots.all().map((one) => one.username);
  throw new ActError(404, `there is no bot ${username}; there are: ${known.join(", ")}`);
}
