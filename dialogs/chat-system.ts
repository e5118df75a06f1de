import type { MainSystem } from "../contract/ports.ts";
import type { ChatSystem } from "./chat.ts";
import type { Effects } from "./effects.ts";

const REPEAT = { kind: "repeat" } as const;
const READ = { kind: "read" } as const;

/**
 * The main system for one playing of a step: each call is an effect. A write whose end nobody saw is repeated with
 * the same key, by which the system knows it.
 */
export function chatSystem(system: MainSystem, effects: Effects, key: string): ChatSystem {
  const read = <T>(act: () => Promise<T>) => effects.once(READ, act);
  const write = <T>(act: (once: string) => Promise<T>) => {
    const once = `${key}/${effects.next}`;
    return effects.once(REPEAT, () => act(once));
  };
  const silently = async (act: (once: string) => Promise<void>) => {
    await write(async (once) => {
      await act(once);
      return null;
    });
  };
  return {
    user: (by) => read(() => system.user(by)),
    post: (postId) => read(() => system.post(postId)),
    news: (userId, since) => read(() => system.news(userId, since)),
    tasks: (userId) => read(() => system.tasks(userId)),
    order: (orderId) => read(() => system.order(orderId)),
    cart: (userId) => read(() => system.cart(userId)),
    request: (requestId) => read(() => system.request(requestId)),
    registerUser: (user) => write((once) => system.registerUser(user, once)),
    addComment: (comment) => write((once) => system.addComment(comment, once)),
    addRequest: (request) => write((once) => system.addRequest(request, once)),
    createSite: (site) => write((once) => system.createSite(site, once)),
    connectBot: (userId) => silently((once) => system.connectBot(userId, once)),
    disconnectBot: (userId) => silently((once) => system.disconnectBot(userId, once)),
    addMessage: (message) => silently((once) => system.addMessage(message, once)),
    rate: (rating) => silently((once) => system.rate(rating, once)),
  };
}
