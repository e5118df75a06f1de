import { commentNew } from "../../communications/family-site/comment-new.ts";
import { postNew } from "../../communications/family-site/post-new.ts";
import { communicationsOf, maps } from "../../communications/registry.ts";
import type { Post, SystemUser } from "../../contract/system.ts";
import { bareBot } from "../kit/bot.ts";
import type { Person } from "../kit/person.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The account map's rows, in its order. */
export const rows = communicationsOf(maps.account);

/** A bot with the account map alone, and with posts that can be told. */
const bot = bareBot({ ...maps.account, communications: [...rows, postNew, commentNew] });

/** A post of the main system, so old that it is no news. */
export const post: Post = {
  postId: "1",
  authorId: "3",
  authorName: "Чарльз",
  text: "Мы переезжаем!",
  picture: null,
  url: "https://site.test/posts/1",
};

/** A user of the main system, with a role. */
export function userOf(role: string): SystemUser {
  return { ...user("127", "Алиса", "+79180000001"), role };
}

/** A world with Alice (Russian, user 127) and Bob (English, user 1707), who are signed in. */
export async function accountWorld(
  alices: SystemUser = userOf("user"),
): Promise<{ world: World; alice: Person; bob: Person }> {
  const world = new World(bot);
  world.system.users.push(alices, user("1707", "Боб", "+79180000002"));
  world.system.posts.push(post);
  world.system.postedAt.set(post.postId, 0);
  const alice = world.person({ firstName: "Алиса", phone: "+79180000001" });
  const bob = world.person({ firstName: "Bob", language: "en", phone: "+79180000002" });
  await alice.signsIn();
  await bob.signsIn();
  return { world, alice, bob };
}

/** The labels of a message's buttons. */
export function labels({ buttons }: { readonly buttons: readonly { readonly label: string }[] }): string[] {
  return buttons.map(({ label }) => label);
}
