import { randomBytes } from "node:crypto";
import { menuButtonFor } from "../bot-api/menu-button.ts";
import { initData } from "../mini-app/init-data.ts";
import { launchUrl } from "../mini-app/launch-url.ts";
import type { Bot } from "../store/bots.ts";
import type { Person } from "../store/people.ts";
import { seconds, type World } from "../world.ts";
import { ActError } from "./error.ts";

/** As long as Telegram's, bytes. */
const QUERY_ID = 18;
/** An Ed25519 signature, bytes. */
const SIGNATURE = 64;

/** What a page is told of the person who opens it now: new at every call, as at every opening. */
export function newInitData(world: World, person: Person, bot: Bot): string {
  const chat = world.store.chats.state({ bot: bot.id, user: person.id });
  const launch = {
    person,
    mayWrite: chat !== null && !chat.blocked,
    at: seconds(world),
    queryId: randomBytes(QUERY_ID).toString("base64url"),
    // Telegram's private key is Telegram's: nobody can check this one.
    signature: randomBytes(SIGNATURE).toString("base64url"),
  };
  return initData(launch, bot.token);
}

/** A person opens a bot's page: the address that their phone shows over the chat. */
export function openMiniApp(world: World, person: Person, bot: Bot, url: string): string {
  return launchUrl(url, newInitData(world, person, bot));
}

/** A person taps the button beside the field. Throws 404 where it opens no page, 409 for a bot they blocked. */
export function tapMenu(world: World, person: Person, bot: Bot): { readonly url: string } {
  if (world.store.chats.state({ bot: bot.id, user: person.id })?.blocked) {
    throw new ActError(409, `user ${person.id} has blocked ${bot.username}`);
  }
  const menu = menuButtonFor(bot, person);
  if (menu?.type !== "web_app") throw new ActError(404, `the menu button of ${bot.username} opens no page`);
  return { url: openMiniApp(world, person, bot, menu.web_app.url) };
}
