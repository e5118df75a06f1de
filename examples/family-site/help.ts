import { type RefusedAuthor, refusedAuthor } from "./author.ts";
import { addMessage } from "./data/messages.ts";
import {
  addRequest,
  findRequest,
  type HelpRequest,
  markAccepted,
  markFinished,
  setRating,
} from "./data/requests.ts";
import { findUser, fullName, type User } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** Why a request stays as it is. */
export interface RefusedHelp {
  readonly ok: false;
  readonly reason: "request-not-found" | "not-your-request" | "request-not-finished" | "wrong-status";
}

/** Written, or why not. */
export type Written = { readonly ok: true; readonly id: number } | RefusedAuthor | RefusedHelp;

/** Done, or why not. */
export type Helped = { readonly ok: true } | RefusedHelp;

/** Stores a request for help. */
export function askForHelp(site: Site, asked: { readonly userId: number; readonly text: string }): Written {
  return site.db.transaction(() => {
    const refused = refusedAuthor(site.db, asked.userId);
    if (refused) return refused;
    return { ok: true, id: addRequest(site.db, { ...asked, createdAt: site.clock.now() }) };
  });
}

/** Somebody else than the customer takes a new request on: starts `request/accepted` (requirement 14). */
export function acceptRequest(site: Site, requestId: number, performer: User): Helped {
  return withRequest(site, requestId, (request) => {
    if (request.userId === performer.id) return refuse("not-your-request");
    if (request.status !== "new") return refuse("wrong-status");
    markAccepted(site.db, requestId, performer.id);
    return told(site, "request/accepted", request);
  });
}

/** The performer is done: starts `request/finished`. */
export function finishRequest(site: Site, requestId: number, performer: User): Helped {
  return withRequest(site, requestId, (request) => {
    if (request.performerId !== performer.id) return refuse("not-your-request");
    if (request.status !== "accepted") return refuse("wrong-status");
    markFinished(site.db, requestId);
    return told(site, "request/finished", request);
  });
}

/**
 * Stores what the customer or the performer writes about a request. What the performer writes starts
 * `request/message`; what the customer writes is read on the request's page.
 */
export function writeMessage(
  site: Site,
  {
    requestId,
    authorId,
    text,
  }: { readonly requestId: number; readonly authorId: number; readonly text: string },
): Written {
  return withRequest<Written>(site, requestId, (request) => {
    const refused = refusedAuthor(site.db, authorId);
    if (refused) return refused;
    if (authorId !== request.userId && authorId !== request.performerId) return refuse("not-your-request");
    const id = addMessage(site.db, { requestId, authorId, text, createdAt: site.clock.now() });
    const author = findUser(site.db, { userId: authorId });
    if (author && authorId === request.performerId) {
      told(site, "request/message", request, { text, authorName: fullName(author) });
    }
    return { ok: true, id };
  });
}

/** Stores what the customer says of a finished request; a later word replaces the earlier. */
export function rateRequest(
  site: Site,
  rating: {
    readonly requestId: number;
    readonly userId: number;
    readonly rating: number;
    readonly comment: string | null;
  },
): Helped {
  return withRequest(site, rating.requestId, (request) => {
    if (request.userId !== rating.userId) return refuse("not-your-request");
    if (request.status !== "finished") return refuse("request-not-finished");
    setRating(site.db, request.id, rating.rating, rating.comment);
    return { ok: true };
  });
}

function withRequest<T>(site: Site, requestId: number, act: (request: HelpRequest) => T): T | RefusedHelp {
  return site.db.transaction(() => {
    const request = findRequest(site.db, requestId);
    return request ? act(request) : refuse("request-not-found");
  });
}

function told(site: Site, alias: string, { id, userId }: HelpRequest, more: object = {}): Helped {
  tell(site, { alias, params: { requestId: id, userId, ...more }, subject: `request:${id}` });
  return { ok: true };
}

function refuse(reason: RefusedHelp["reason"]): RefusedHelp {
  return { ok: false, reason };
}
