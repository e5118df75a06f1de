import { z } from "zod";
import { CALL_STATES } from "../../contract/call.ts";
import { LANGUAGES } from "../../contract/words.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { RecipientCounts } from "../../schema/recipient-counts.ts";
import { answers, tooMany, WireId } from "./responses.ts";

const accepted = {
  callId: z.uuid(),
  state: z.enum(CALL_STATES),
  recipients: RecipientCounts.nullable().describe("`null` for an audience by rule: it is walked afterwards"),
};

const Button = z.object({
  label: z.string(),
  url: z.string().optional().describe("The page that it opens; absent where it answers"),
});

const tried = {
  dryRun: z.literal(true),
  recipients: RecipientCounts,
  isPartial: z
    .literal(true)
    .optional()
    .describe("There where so many are to be looked at that only a million of them were counted"),
  preview: z
    .object({
      userId: WireId.nullable(),
      language: z.enum(LANGUAGES),
      messages: z.array(
        z.object({ html: z.string(), picture: z.string().nullable(), buttons: z.array(z.array(Button)) }),
      ),
    })
    .nullable()
    .describe("What one of the recipients would be told first"),
};

/** What a call may answer. */
const plain = {
  ...answers("Accepted, or tried out, or refused with a reason", accepted, tried),
  ...tooMany,
};

const changed = {
  callId: accepted.callId.optional().describe("There where somebody is to be told, like the two below"),
  state: accepted.state.optional(),
  recipients: accepted.recipients.optional(),
};

/** What a call may answer that changes a user; what it says of the change stands beside that. */
const changing = {
  ...answers("Done, or tried out, or refused with a reason", changed, tried),
  ...tooMany,
};

/** What the calls of a communication may answer. */
export function callResponses({ change }: AnyCommunication) {
  return change ? changing : plain;
}
