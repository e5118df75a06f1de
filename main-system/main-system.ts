import { inTheirNames } from "../contract/fields.ts";
import { idForWire } from "../contract/id.ts";
import type { MainSystem } from "../contract/ports.ts";
import type { NewUser, UserKey } from "../contract/system.ts";
import { type Asker, askerOf, type SystemSettings } from "./asker.ts";
import { endpoints } from "./endpoints/endpoints.ts";

/** A main system over HTTP: its external endpoints (requirements 8, 15-17), as one bot may use them. */
export function mainSystem(settings: SystemSettings): MainSystem {
  const asker = askerOf(settings);
  return { ...reads(asker), ...writes(asker), ...writesOfRequests(asker) };
}

type Reads = Pick<MainSystem, "user" | "post" | "news" | "tasks" | "order" | "cart" | "request">;

function reads({ read }: Asker): Reads {
  return {
    user: (by) => read(endpoints.user, { query: keyOnWire(by) }),
    post: (postId) => read(endpoints.post, { params: { postId } }),
    news: async (userId, since) => {
      const query = { userId, since: new Date(since).toISOString() };
      return (await read(endpoints.news, { query })) ?? [];
    },
    tasks: async (userId) => (await read(endpoints.tasks, { params: { userId } })) ?? [],
    order: (orderId) => read(endpoints.order, { params: { orderId } }),
    cart: (userId) => read(endpoints.cart, { params: { userId } }),
    request: (requestId) => read(endpoints.request, { params: { requestId } }),
  };
}

type WritesOfRequests = Pick<MainSystem, "addRequest" | "addMessage" | "rate">;

function writesOfRequests({ write }: Asker): WritesOfRequests {
  return {
    addRequest: ({ userId, text }, once) =>
      write(endpoints.addRequest, { body: { userId: idForWire(userId), text } }, once),
    addMessage: async ({ requestId, userId, text }, once) => {
      const body = { userId: idForWire(userId), text };
      await write(endpoints.addMessage, { params: { requestId }, body }, once);
    },
    rate: async ({ requestId, userId, rating, comment }, once) => {
      const body = { userId: idForWire(userId), rating, ...(comment ? { comment } : {}) };
      await write(endpoints.rate, { params: { requestId }, body }, once);
    },
  };
}

function writes({ write }: Asker): Omit<MainSystem, keyof Reads | keyof WritesOfRequests> {
  return {
    registerUser: (user, once) => write(endpoints.registerUser, { body: newUserOnWire(user) }, once),
    connectBot: async (userId, once) => {
      await write(endpoints.connectBot, { body: { userId: idForWire(userId) } }, once);
    },
    disconnectBot: async (userId, once) => {
      await write(endpoints.disconnectBot, { body: { userId: idForWire(userId) } }, once);
    },
    addComment: ({ postId, authorId, text }, once) => {
      const body = { authorId: idForWire(authorId), text };
      return write(endpoints.addComment, { params: { postId }, body }, once);
    },
    createSite: ({ ownerId, name, members }, once) => {
      const body = { ownerId: idForWire(ownerId), name, members: [...members] };
      return write(endpoints.createSite, { body }, once);
    },
  };
}

function keyOnWire(by: UserKey): UserKey {
  return "phone" in by ? { phone: phoneOnWire(by.phone) } : by;
}

/** Somebody new as `POST /user` takes them (requirement 16). */
function newUserOnWire(user: NewUser) {
  const { email, ...told } = inTheirNames("told", { ...user, phone: phoneOnWire(user.phone) });
  return { ...told, ...(email ? { email } : {}) };
}

/** A phone as the main system writes it: digits alone. */
function phoneOnWire(phone: string): string {
  return phone.replace(/\D/g, "");
}
