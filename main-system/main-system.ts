import { z } from "zod";
import { SystemRefused } from "../contract/errors.ts";
import type { MainSystem } from "../contract/ports.ts";
import type { UserKey } from "../contract/system.ts";
import {
  CommentAnswer,
  idOnWire,
  NewUserAnswer,
  newUserBody,
  PostAnswer,
  phoneOnWire,
  UserAnswer,
} from "./fields.ts";
import { askSystem, type SystemRequest, type SystemSettings } from "./request.ts";

/** A main system over HTTP: its external endpoints (requirements 8, 15-17), as one bot may use them. */
export function mainSystem(settings: SystemSettings): MainSystem {
  const ask = <T>(request: SystemRequest<T>) => askSystem(settings, request);
  return {
    user: (by) => ask({ method: "GET", path: `/user?${userQuery(by)}`, answer: UserAnswer }),
    registerUser: async (user, once) =>
      there(
        await ask({ method: "POST", path: "/user", body: newUserBody(user), once, answer: NewUserAnswer }),
      ),
    connectBot: (userId, once) => mark(settings, "/user/connect-bot", userId, once),
    disconnectBot: (userId, once) => mark(settings, "/user/disconnect-bot", userId, once),
    post: (postId) => ask({ method: "GET", path: `/post/${encodeURIComponent(postId)}`, answer: PostAnswer }),
    addComment: async ({ postId, authorId, text }, once) => {
      const path = `/post/${encodeURIComponent(postId)}/comments`;
      const body = { authorId: idOnWire(authorId), text };
      return there(await ask({ method: "POST", path, body, once, answer: CommentAnswer }));
    },
  };
}

/** Sets or clears the system's mark that this user has the bot (requirement 17). */
async function mark(settings: SystemSettings, path: string, userId: string, once: string): Promise<void> {
  const body = { userId: idOnWire(userId) };
  there(await askSystem(settings, { method: "POST", path, body, once, answer: z.unknown() }));
}

function userQuery(by: UserKey): URLSearchParams {
  if ("userId" in by) return new URLSearchParams({ userId: by.userId });
  return new URLSearchParams("email" in by ? { email: by.email } : { phone: phoneOnWire(by.phone) });
}

/** A write to something that the system does not have was refused. */
function there<T>(answer: T | null): T {
  if (answer === null) throw new SystemRefused("The main system knows no such thing", 404);
  return answer;
}
