import { z } from "zod";
import type { HouseError } from "../../contract/errors.ts";
import type { SmsGateway } from "../../contract/ports.ts";
import { byStatus, type DownCodes, downByCode, refusedByCode } from "./errors.ts";
import { post } from "./post.ts";

const sid = (prefix: string) =>
  z.string("is missing").regex(new RegExp(`^${prefix}[0-9a-f]{32}$`, "i"), `is not ${prefix} and 32 digits`);

const Secret = z.string("is missing").regex(/^[\x21-\x7e]{16,128}$/, "is no secret of Twilio's");

/**
 * What opens Twilio: an API key of the account (which can be taken back by itself), or the account's own token; and who
 * sends, a number or name of the account's, or a messaging service that chooses.
 */
export const TwilioCredentials = z
  .strictObject(
    {
      accountSid: sid("AC"),
      apiKeySid: sid("SK").optional(),
      apiKeySecret: Secret.optional(),
      authToken: Secret.optional(),
      from: z
        .string()
        .regex(/^(\+?\d{3,15}|[A-Za-z0-9 ]{1,11})$/, "is no sender")
        .optional(),
      messagingServiceSid: sid("MG").optional(),
    },
    "has a field too many",
  )
  .refine(({ apiKeySid, apiKeySecret }) => (apiKeySid === undefined) === (apiKeySecret === undefined), {
    error: "takes apiKeySid and apiKeySecret together",
  })
  .refine(({ apiKeySid, authToken }) => (apiKeySid === undefined) !== (authToken === undefined), {
    error: "takes either apiKeySid with apiKeySecret, or authToken",
  })
  .refine(({ from, messagingServiceSid }) => (from === undefined) !== (messagingServiceSid === undefined), {
    error: "takes either from or messagingServiceSid",
  });

type TwilioCredentials = z.infer<typeof TwilioCredentials>;

const GATEWAY = "twilio";
const ROOT = "https://api.twilio.com/2010-04-01";

/** Codes about the account, the sender or the service, not about this text (https://www.twilio.com/docs/api/errors). */
const DOWN: DownCodes = [
  ["credentials-wrong", [20003]],
  ["balance-empty", [10001, 20005]],
  ["sender-wrong", [21212, 21601, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705]],
  ["busy", [21611]],
  ["limit-reached", [63038]],
  ["out-of-order", [21730]],
];

/** The rest of 4xx (401, 404, 429) is about us, whatever the code. */
const MAY_REFUSE: readonly number[] = [400, 403];

/**
 * Twilio's "no" (https://www.twilio.com/docs/usage/twilios-response). Its words are not read: they quote the phone; and
 * a longer number than its codes of five digits could be a phone or a PIN, and would go into the log.
 */
const No = z.object({ code: z.int().max(99_999) });

/** Twilio (https://www.twilio.com/docs/messaging/api/message-resource, "Create a Message"). */
export function twilio(credentials: TwilioCredentials): SmsGateway {
  const { accountSid, from, messagingServiceSid } = credentials;
  const sender = from === undefined ? { MessagingServiceSid: messagingServiceSid ?? "" } : { From: from };
  return {
    async send(phone, text) {
      const { status, json } = await post({
        gateway: GATEWAY,
        url: `${ROOT}/Accounts/${accountSid}/Messages.json`,
        headers: { authorization: basicAuth(credentials) },
        body: new URLSearchParams({ To: phone, ...sender, Body: text }),
      });
      if (status !== 201) throw troubleOf(status, json);
    },
  };
}

function troubleOf(status: number, json: unknown): HouseError {
  const no = No.safeParse(json);
  if (!no.success) return byStatus(GATEWAY, status);
  const { code } = no.data;
  const down = downByCode(GATEWAY, code, DOWN);
  return down ?? (MAY_REFUSE.includes(status) ? refusedByCode(GATEWAY, code) : byStatus(GATEWAY, status));
}

/** https://www.twilio.com/docs/usage/requests-to-twilio, "Authentication". */
function basicAuth({ accountSid, authToken, apiKeySid, apiKeySecret }: TwilioCredentials): string {
  return `Basic ${btoa(`${apiKeySid ?? accountSid}:${apiKeySecret ?? authToken}`)}`;
}
