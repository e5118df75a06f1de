import { z } from "zod";
import { communication } from "../../dialogs/communication.ts";
import { told, withRecipients } from "../../dialogs/recipients.ts";

/** The least that can be told: one message, and nothing is waited for. */
export const notice = communication({
  alias: "bench/notice",
  summary: "Tell users something",
  map: {
    section: "Bench",
    event: "The bench wants to know",
    communication: "Whoever is named is told",
    description: "",
  },
  example: { text: "Hello", userIds: [127] },
  params: withRecipients({ text: z.string() }),
  data: z.object({ text: z.string() }),
  audience: (params) => told(params),
  prepare: async ({ text }) => ({ text }),
  steps: {
    async start(chat, { data: { text } }) {
      await chat.say(text);
    },
  },
});
