import { z } from "zod";
import { Ids } from "../../contract/id.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { section } from "./section.ts";

/** Greets those who are named. */
export const helloWorld = communication({
  alias: "hello/world",
  summary: "Say hello",
  map: {
    section,
    event: "Somebody says hello",
    communication: "Those who are named are greeted",
    description: "Nothing is asked.",
  },
  example: { userIds: [127, 1707] },
  params: z.strictObject({ userIds: Ids }),
  data: z.object({}),
  audience: ({ userIds }) => users(userIds),
  prepare: async () => ({}),
  steps: { start: async (chat) => chat.say({ ru: "Привет!", en: "Hello!" }) },
});
