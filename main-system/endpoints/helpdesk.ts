import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { REQUEST_STATUSES } from "../../contract/system.ts";
import type { Endpoint } from "../endpoint.ts";
import { MaybeText, PageUrl, UserId } from "./wire.ts";

const RequestId = Id.describe("The request's id");
const Rating = z.int().min(1).max(5);

/** A request of a customer. */
export const request = {
  name: "request",
  method: "GET",
  path: "/requests/{requestId}",
  summary: "A request of a customer, once a call of `request/accepted` or `request/finished`.",
  maps: ["helpdesk"],
  params: z.object({ requestId: RequestId }),
  answer: z.object({
    requestId: RequestId,
    userId: UserId,
    title: z.string().describe("What it is about, in a few words"),
    status: z.enum(REQUEST_STATUSES).describe("How far it is"),
    performerName: MaybeText.describe("Who works at it, as people read it"),
    rating: Rating.nullish()
      .transform((rating) => rating ?? null)
      .describe("What the customer gave it; null while it is not rated"),
    url: PageUrl,
  }),
  absent: "There is no such request: the call is refused with `request-not-found`.",
  shared: { is: false, why: "A call comes because it has just changed." },
  example: {
    params: { requestId: 1 },
    answer: {
      requestId: 1,
      userId: 127,
      title: "Починить крышу над флигелем",
      status: "finished",
      performerName: "Арина Родионовна",
      rating: null,
      url: "https://site.example/requests/1",
    },
  },
} as const satisfies Endpoint;

/** What the system would like a user to do (requirement 20). */
export const tasks = {
  name: "tasks",
  method: "GET",
  path: "/user/{userId}/tasks",
  summary:
    "What you would like a user to do; asked when you say that they have connected the bot (`users/connect-bot`), and when a pause of theirs ends.",
  maps: ["helpdesk"],
  params: z.object({ userId: UserId }),
  answer: z
    .object({
      tasks: z
        .array(
          z.object({
            kind: z.literal("review").describe("To rate a request that is finished"),
            requestId: RequestId,
            title: z.string().describe("What the request is about, in a few words"),
          }),
        )
        .describe("The most important first; an empty list where there is nothing"),
    })
    .transform(({ tasks }) => tasks),
  absent: "The same as an empty list.",
  shared: { is: false, why: "What a dialog asks of somebody is decided by it." },
  example: {
    params: { userId: 127 },
    answer: { tasks: [{ kind: "review", requestId: 1, title: "Починить крышу над флигелем" }] },
  },
} as const satisfies Endpoint;

/** A request that a customer makes in the bot. */
export const addRequest = {
  name: "addRequest",
  method: "POST",
  path: "/requests",
  summary:
    "Stores a request that a customer wrote in the bot; call `request/accepted` once somebody takes it.",
  maps: ["helpdesk"],
  body: z.object({ userId: UserId, text: z.string().describe("What they wrote") }),
  answer: z.object({ requestId: RequestId }),
  absent: "There is no such user; the person is told that it did not work out.",
  example: {
    body: { userId: 127, text: "Протекает крыша над флигелем." },
    answer: { requestId: 4 },
  },
} as const satisfies Endpoint;

/** What a customer writes to whoever works at their request. */
export const addMessage = {
  name: "addMessage",
  method: "POST",
  path: "/requests/{requestId}/messages",
  summary: "Passes on what a customer writes to whoever works at their request.",
  maps: ["helpdesk"],
  params: z.object({ requestId: RequestId }),
  body: z.object({ userId: UserId, text: z.string().describe("What they wrote") }),
  answer: z.object({ messageId: Id.describe("The message's id") }),
  absent: "There is no such request or user; the person is told that it did not work out.",
  example: {
    params: { requestId: 1 },
    body: { userId: 127, text: "Приходите после обеда." },
    answer: { messageId: 7 },
  },
} as const satisfies Endpoint;

/** What a customer thinks of a request that is finished. */
export const rate = {
  name: "rate",
  method: "POST",
  path: "/requests/{requestId}/rating",
  summary: "Stores what a customer gives a finished request; another one takes its place.",
  maps: ["helpdesk"],
  params: z.object({ requestId: RequestId }),
  body: z.object({
    userId: UserId,
    rating: Rating.describe("1 is poor, 5 is excellent"),
    comment: z.string().optional().describe("In their words; absent where they only rate"),
  }),
  answer: z.unknown(),
  absent: "There is no such request or user; the person is told that it did not work out.",
  example: {
    params: { requestId: 1 },
    body: { userId: 127, rating: 5, comment: "Сухо, как в столице." },
    answer: { success: true },
  },
} as const satisfies Endpoint;
