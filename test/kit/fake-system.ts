import { SystemRefused, SystemUnavailable } from "../../contract/errors.ts";
import type { MainSystem } from "../../contract/ports.ts";
import type {
  Cart,
  NewComment,
  NewSite,
  Order,
  Post,
  Rating,
  Request,
  SystemUser,
  Task,
  UserKey,
} from "../../contract/system.ts";

/** How a main system fails: it is silent, it says no, or it says that there is no such thing. */
export type SystemFault = "silent" | "refuses" | "knows-no-such";

/** What a customer wrote to whoever works at their request. */
type RequestMessage = Parameters<MainSystem["addMessage"]>[0];

/** As many posts as the system tells of what somebody missed. */
const MOST_NEWS = 10;

/** A main system in memory, that can be told to fail, and that does a repeated write once, as a real one must. */
export class FakeSystem {
  readonly users: SystemUser[] = [];
  /** The newest last. */
  readonly posts: Post[] = [];
  /** When a post came, by its id (milliseconds since 1970); one that isn't named here is newer than anything. */
  readonly postedAt = new Map<string, number>();
  readonly comments: NewComment[] = [];
  readonly orders: Order[] = [];
  readonly carts: Cart[] = [];
  readonly requests: Request[] = [];
  readonly messages: RequestMessage[] = [];
  readonly ratings: Rating[] = [];
  readonly tasks: (Task & { readonly userId: string })[] = [];
  readonly sites: (NewSite & { readonly siteId: string; readonly url: string })[] = [];
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
    news: (_userId, since) => this.#read("news", () => this.#postsSince(since)),
    tasks: (userId) => this.#read("tasks", () => this.#tasksOf(userId)),
    order: (id) => this.#read("order", () => this.orders.find(({ orderId }) => orderId === id) ?? null),
    cart: (id) => this.#read("cart", () => this.carts.find(({ userId }) => userId === id) ?? null),
    request: (id) => this.#read("request", () => this.#requestOf(id) ?? null),
    registerUser: (user, once) =>
      this.#write("registerUser", once, () => {
        const userId = String(1000 + this.users.length);
        this.users.push({ ...user, userId, active: true });
        return { userId };
      }),
    addComment: (comment, once) =>
      this.#write("addComment", once, () => ({ commentId: String(this.comments.push(comment)) })),
    connectBot: (userId, once) => this.#write("connectBot", once, () => void this.connected.add(userId)),
    disconnectBot: (userId, once) =>
      this.#write("disconnectBot", once, () => void this.connected.delete(userId)),
    addRequest: (request, once) => this.#write("addRequest", once, () => this.#open(request)),
    addMessage: (message, once) =>
      this.#write("addMessage", once, () => {
        this.#known(message.requestId);
        this.messages.push(message);
      }),
    rate: (rating, once) => this.#write("rate", once, () => this.#rate(rating)),
    createSite: (site, once) =>
      this.#write("createSite", once, () => {
        const siteId = String(this.sites.length + 1);
        const made = { siteId, url: `https://site.test/sites/${siteId}` };
        this.sites.push({ ...site, ...made });
        return made;
      }),
  };

  #postsSince(since: number): readonly Post[] {
    const news = this.posts.filter(({ postId }) => (this.postedAt.get(postId) ?? Infinity) > since);
    return news.reverse().slice(0, MOST_NEWS);
  }

  #tasksOf(id: string): readonly Task[] {
    return this.tasks.filter(({ userId }) => userId === id).map(({ userId: _, ...task }) => task);
  }

  #requestOf(id: string): Request | undefined {
    return this.requests.find(({ requestId }) => requestId === id);
  }

  #open({ userId, text }: { readonly userId: string; readonly text: string }): { requestId: string } {
    const requestId = String(this.requests.length + 1);
    const url = `https://site.test/requests/${requestId}`;
    const unread = { status: "new", performerName: "", rating: null } as const;
    this.requests.push({ requestId, userId, title: text, url, ...unread });
    return { requestId };
  }

  /** Keeps the rating, and what it asks for is no task any more. */
  #rate(rating: Rating): void {
    const known = this.#known(rating.requestId);
    this.ratings.push(rating);
    this.requests.splice(this.requests.indexOf(known), 1, { ...known, rating: rating.rating });
    const task = this.tasks.findIndex(({ requestId }) => requestId === rating.requestId);
    if (task >= 0) this.tasks.splice(task, 1);
  }

  #known(requestId: string): Request {
    const request = this.#requestOf(requestId);
    if (!request) throw new SystemRefused("The main system knows no such request", 404);
    return request;
  }

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
  return "email" in by ? user.email.toLowerCase() === by.email.toLowerCase() : user.phone === by.phone;
}
