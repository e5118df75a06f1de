import { SystemRefused, SystemUnavailable } from "../../contract/errors.ts";
import type { MainSystem } from "../../contract/ports.ts";
import type { NewComment, Post, SystemUser, UserKey } from "../../contract/system.ts";

/** How a main system fails: it is silent, it says no, or it says that there is no such thing. */
export type SystemFault = "silent" | "refuses" | "knows-no-such";

/** A main system in memory, that can be told to fail, and that does a repeated write once, as a real one must. */
export class FakeSystem {
  readonly users: SystemUser[] = [];
  readonly posts: Post[] = [];
  readonly comments: NewComment[] = [];
  /** Ids of the users who have the bot, by the system's own mark. */
  readonly connected = new Set<string>();
  /** Names of the calls that came in, in order. */
  readonly calls: string[] = [];
  readonly #answers = new Map<string, unknown>();
  #faults: SystemFault[] = [];

  /** Makes the next calls fail, one fault each. */
  fails(...faults: readonly SystemFault[]): void {
    this.#faults.push(...faults);
  }

  /** The port to this system. */
  readonly port: MainSystem = {
    user: (by) => this.#read("user", () => this.users.find((user) => matches(user, by)) ?? null),
    post: (postId) => this.#read("post", () => this.posts.find((post) => post.postId === postId) ?? null),
    registerUser: (user, once) =>
      this.#write("registerUser", once, () => {
        const userId = String(1000 + this.users.length);
        this.users.push({ ...user, userId, active: true });
        return { userId };
      }),
    addComment: (comment, once) =>
      this.#write("addComment", once, () => {
        this.comments.push(comment);
        return { commentId: String(this.comments.length) };
      }),
    connectBot: (userId, once) => this.#write("connectBot", once, () => void this.connected.add(userId)),
    disconnectBot: (userId, once) =>
      this.#write("disconnectBot", once, () => void this.connected.delete(userId)),
  };

  async #read<T>(name: string, act: () => T): Promise<T> {
    this.calls.push(name);
    this.#failIfTold();
    return act();
  }

  async #write<T>(name: string, once: string, act: () => T): Promise<T> {
    this.calls.push(name);
    this.#failIfTold();
    if (!this.#answers.has(once)) this.#answers.set(once, act());
    return this.#answers.get(once) as T;
  }

  #failIfTold(): void {
    const fault = this.#faults.shift();
    if (fault === "silent") throw new SystemUnavailable("The main system is told to be silent");
    if (fault)
      throw new SystemRefused("The main system is told to refuse", fault === "knows-no-such" ? 404 : 422);
  }
}

function matches(user: SystemUser, by: UserKey): boolean {
  if ("userId" in by) return user.userId === by.userId;
  return "email" in by ? user.email === by.email : user.phone === by.phone;
}
