import { dialogsOfBot } from "../../communications/bots.ts";
import type { SystemUser } from "../../contract/system.ts";
import type { Person } from "../kit/person.ts";
import { World } from "../kit/world.ts";

/** A user of the main system. */
export function user(userId: string, firstName: string, phone: string): SystemUser {
  return {
    userId,
    firstName,
    lastName: "Лиддел",
    patronymic: "",
    role: "user",
    active: true,
    phone,
    email: "",
    location: {},
  };
}

/** A world with the bot's own communications, two users who are signed in, and a post. */
export async function familyWorld(): Promise<{ world: World; alice: Person; bob: Person }> {
  const world = new World(dialogsOfBot("1"));
  world.system.users.push(user("127", "Алиса", "+79180000001"), user("1707", "Боб", "+79180000002"));
  world.system.posts.push({
    postId: "1",
    authorId: "3",
    authorName: "Чарльз",
    text: "Мы переезжаем!",
    picture: "https://site.test/pictures/1",
    url: "https://site.test/posts/1",
  });
  const alice = world.person({ firstName: "Алиса", phone: "+79180000001" });
  const bob = world.person({ firstName: "Bob", language: "en", phone: "+79180000002" });
  await alice.signsIn();
  await bob.signsIn();
  return { world, alice, bob };
}
