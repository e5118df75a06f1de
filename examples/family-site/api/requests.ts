import type { Handler } from "hono";
import { findRequest, unratedOf } from "../data/requests.ts";
import { findUser } from "../data/users.ts";
import { askForHelp, rateRequest, type Written, writeMessage } from "../help.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { NewMessageBody, NewRequestBody, RatingBody } from "./bodies.ts";
import { effect, type Reply } from "./effect.ts";
import { refusal } from "./refusals.ts";

const NOT_FOUND = { error: "request-not-found" };

/** Tasks in one answer: more than that nobody does in one evening. */
const TASKS = 10;

/** `GET /user/{userId}/tasks`: what this person is asked to do, so far to rate what was done for them. */
export function getTasks(site: Site): Handler {
  return (c) => {
    const userId = parseId(c.req.param("id"));
    if (userId === null || !findUser(site.db, { userId })) return c.json({ error: "user-not-found" }, 404);
    const tasks = unratedOf(site.db, userId, TASKS).map(({ id, title }) => ({
      kind: "review",
      requestId: id,
      title,
    }));
    return c.json({ tasks });
  };
}

/** `GET /requests/{id}`. */
export function getRequest(site: Site): Handler {
  return (c) => {
    const id = parseId(c.req.param("id"));
    const request = id === null ? null : findRequest(site.db, id);
    if (!request) return c.json(NOT_FOUND, 404);
    const { userId, title, status, performerName, rating } = request;
    const url = `${site.publicUrl()}/requests/${id}`;
    return c.json({ requestId: id, userId, title, status, performerName, rating, url });
  };
}

/** `POST /requests` → `{requestId}`. */
export function postRequest(site: Site): Handler {
  return effect(site, NewRequestBody, (body) => reply(askForHelp(site, body), "requestId"));
}

/** `POST /requests/{id}/messages` → `{messageId}`; from the customer or the performer alone. */
export function postMessage(site: Site): Handler {
  return effect(site, NewMessageBody, ({ userId, text }, id) => {
    const requestId = parseId(id);
    if (requestId === null) return { status: 404, body: NOT_FOUND };
    return reply(writeMessage(site, { requestId, authorId: userId, text }), "messageId");
  });
}

/** `POST /requests/{id}/rating` → `{rating}`; a later one replaces the earlier. */
export function postRating(site: Site): Handler {
  return effect(site, RatingBody, (body, id) => {
    const requestId = parseId(id);
    if (requestId === null) return { status: 404, body: NOT_FOUND };
    const rated = rateRequest(site, { ...body, requestId });
    return rated.ok ? { status: 200, body: { rating: body.rating } } : refusal(rated.reason);
  });
}

function reply(written: Written, idName: "requestId" | "messageId"): Reply {
  return written.ok ? { status: 201, body: { [idName]: written.id } } : refusal(written.reason);
}
