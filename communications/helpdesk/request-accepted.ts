import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { Request } from "../../contract/system.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { requestOf } from "./request-of.ts";
import { sections } from "./sections.ts";
import { words } from "./words.ts";

/** Helpdesk map, row 1: tell the customer that somebody works at their request (requirement 14). */
export const requestAccepted = communication({
  alias: "request/accepted",
  summary: "Tell a user that their request was accepted",
  map: {
    section: sections.requests,
    event: "The performer has accepted a request",
    communication: "The customer learns who works at it",
    description: "The request's title, the performer's name, and a link to its page.",
  },
  example: { requestId: 2, userId: 127 },
  params: z.strictObject({
    requestId: Id.describe("The request; its title and its performer are fetched from the main system"),
    userId: Id.describe("Whose request it is"),
  }),
  data: z.object({ request: Request }),
  kind: { ru: "Заявки", en: "Requests" },

  audience: ({ userId }) => users([userId]),

  async prepare(params, system) {
    const request = await requestOf(params, system);
    return isRefusal(request) ? request : { request };
  },

  // Of one that is finished by now, request/finished has told.
  async refresh({ request: { requestId } }, system) {
    const request = await system.request(requestId);
    return request && request.status !== "finished" ? { request } : null;
  },

  steps: {
    async start(chat, { data: { request } }) {
      await chat.say({
        text: words.accepted(request.title, request.performerName),
        buttons: [[{ label: words.openRequest, url: request.url }]],
      });
    },
  },
});
