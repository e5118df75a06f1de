import { z } from "zod";
import { smsCredentials } from "../../channels/sms/gateways.ts";
import { SMS_GATEWAYS } from "../../contract/sms.ts";

/** What is sealed for a gateway that needs no credentials: a column that is filled is read like the others. */
const NONE = "{}";

/**
 * The SMS gateway as it was given: `--sms`, and its credentials as JSON. Both come out, or `null`; the credentials
 * have the gateway's own shape, as JSON again. No complaint quotes them.
 */
export const SmsSetting = z
  .object({
    sms: z.enum(SMS_GATEWAYS, `is ${SMS_GATEWAYS.join(", ")}`).optional(),
    SMS_CREDENTIALS: z.string().optional(),
  })
  .transform(({ sms, SMS_CREDENTIALS }, context) => {
    if (sms === undefined) return { sms: null };
    if (sms === "emulator") return { sms: { gateway: sms, credentials: NONE } };
    const complain = (message: string) => {
      context.addIssue({ code: "custom", path: ["SMS_CREDENTIALS"], message });
      return z.NEVER;
    };
    if (!SMS_CREDENTIALS) return complain(`set it to the credentials of ${sms}, as JSON`);
    const given = parsedJson(SMS_CREDENTIALS);
    if (given === undefined) return complain("is not JSON");
    const read = smsCredentials(sms).safeParse(given);
    if (read.success) return { sms: { gateway: sms, credentials: JSON.stringify(read.data) } };
    return complain(read.error.issues.map(({ path, message }) => [...path, message].join(" ")).join("; "));
  });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
