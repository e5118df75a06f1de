import { type Bot, botUser } from "../store/bots.ts";
import { asChat, asUser, type Person } from "../store/people.ts";
import { seconds, type World } from "../world.ts";
import { ActError } from "./error.ts";

/**
 * A person blocks a bot, or lets it in again. The bot gets `my_chat_member` and nothing else; doing it twice tells it
 * once. Throws 409 where they never wrote to it.
 */
export function setBlocked(world: World, person: Person, bot: Bot, blocked: boolean): void {
  const key = { bot: bot.id, user: person.id };
  const state = world.store.chats.state(key);
  if (!state) throw new ActError(409, `user ${person.id} has no chat with ${bot.username} yet`);
  if (state.blocked === blocked) return;

  world.store.chats.setBlocked(key, blocked);
  const { keyboard } = state;
  world.phones.publish(person.id, { type: "chat", bot: bot.username, blocked, keyboard });
  const user = botUser(bot);
  const banned = { user, status: "kicked", until_date: 0 };
  const member = { user, status: "member" };
  world.outbox.tell(bot, "my_chat_member", {
    chat: asChat(person),
    from: asUser(person),
    date: seconds(world),
    old_chat_member: blocked ? member : banned,
    new_chat_member: blocked ? banned : member,
  });
}
