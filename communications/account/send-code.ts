import { z } from "zod";
import { reminder } from "../../dialogs/communication.ts";
import { codeWords } from "./code-words.ts";

/**
 * Sends a code by SMS. A dialog of its own, which begins once the person has their answer: the time that takes must not
 * tell whether there is a user, and a phone.
 */
export const sendCode = reminder({
  name: "account/send-code",
  data: z.object({
    /** The code's name. */
    code: z.string(),
    /** E.164; empty where there is nobody to send it to. */
    phone: z.string(),
  }),
  critical: true,
  steps: {
    async start(chat, { data: { code, phone } }) {
      if (phone !== "") await chat.sendCode(code, phone, codeWords.sms);
    },
  },
});
