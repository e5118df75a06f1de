import type { MainSystem } from "../contract/ports.ts";
import type { ChatSystem } from "./chat.ts";
import type { Effects } from "./effects.ts";

const REPEAT = { kind: "repeat" } as const;

/**
 * The main system for one playing of a step: each call is an effect. A write whose end nobody saw is repeated with
 * the same key, by which the system knows it.
 */
export function chatSystem(system: MainSystem, effects: Effects, key: string): ChatSystem {
  const read = <T>(act: () => Promise<T>) => effects.once(REPEAT, act);
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
    registerUser: (user) => write((once) => system.registerUser(user, once)),
    addComment: (comment) => write((once) => system.addComment(comment, once)),
    connectBot: (userId) => silently((once) => system.connectBot(userId, once)),
    disconnectBot: (userId) => silently((once) => system.disconnectBot(userId, once)),
  };
}
