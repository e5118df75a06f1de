import { z } from "zod";
import type { SmsGateway } from "../../contract/ports.ts";
import { SmsUncertain } from "../../contract/sms-errors.ts";
import { byStatus, type DownCodes, downByCode, refusedByCode } from "./errors.ts";
import { post } from "./post.ts";

/** What opens SMS.ru: the account's `api_id`, and a sender's name that SMS.ru has agreed to, if not the account's own. */
export const SmsRuCredentials = z.strictObject(
  {
    apiId: z.string("is missing").regex(/^[\w-]{8,64}$/, "is no api_id"),
    from: z
      .string()
      .regex(/^[\w .&-]{1,20}$/, "is no sender's name")
      .optional(),
  },
  "takes apiId and from, and nothing else",
);

const GATEWAY = "sms.ru";

/** "The request is done", "the message is taken for sending". */
const TAKEN = 100;

/** Codes about the account or the service, not about this text (https://sms.ru/api/send, the list of codes). */
const DOWN: DownCodes = [
  ["credentials-wrong", [200, 300, 301, 302]],
  ["balance-empty", [201]],
  ["sender-wrong", [204, 221]],
  // Of the account a day, of the phone a minute and a day, and against bots: each of them passes.
  ["limit-reached", [206, 230, 231, 232, 233, 501, 502, 503, 504, 505, 506, 508]],
  ["out-of-order", [220, 500]],
];

/** Its codes have three digits: a longer number in their place could be a phone or a PIN, and would go into the log. */
const Verdict = z.object({ status_code: z.int().max(999) });
const Answer = z.object({ ...Verdict.shape, sms: z.record(z.string(), Verdict).default({}) });

/** SMS.ru (https://sms.ru/api/send), a gateway to the phones of Russia. */
export function smsRu({ apiId, from }: z.infer<typeof SmsRuCredentials>): SmsGateway {
  return {
    async send(phone, text) {
      // Its documentation writes phones without "+".
      const form = new URLSearchParams({ api_id: apiId, to: phone.slice(1), msg: text, json: "1" });
      if (from !== undefined) form.set("from", from);
      const { status, json } = await post({ gateway: GATEWAY, url: "https://sms.ru/sms/send", body: form });
      if (status !== 200) throw byStatus(GATEWAY, status);
      judge(json);
    },
  };
}

/** Two codes must say "taken": one for the request, one for the only phone in it. */
function judge(json: unknown): void {
  const answer = Answer.safeParse(json);
  if (!answer.success) throw new SmsUncertain(`${GATEWAY}: unreadable`);
  const { status_code, sms } = answer.data;
  const codes = [status_code, ...Object.values(sms).map((one) => one.status_code)];
  const no = codes.find((code) => code !== TAKEN);
  if (no !== undefined) throw downByCode(GATEWAY, no, DOWN) ?? refusedByCode(GATEWAY, no);
  if (codes.length < 2) throw new SmsUncertain(`${GATEWAY}: unreadable`);
}
