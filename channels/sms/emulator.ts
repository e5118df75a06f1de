import type { SmsGateway } from "../../contract/ports.ts";
import { byStatus } from "./errors.ts";
import { post } from "./post.ts";

const GATEWAY = "emulator";

/** The phones of the local world (design.md, "The local world"). It stands where the emulated Bot API stands. */
export function smsEmulator(telegramApiRoot: string): SmsGateway {
  return {
    async send(phone, text) {
      const { status } = await post({
        gateway: GATEWAY,
        url: `${telegramApiRoot}/emulator/sms`,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ phone, text }),
      });
      if (status !== 200) throw byStatus(GATEWAY, status);
    },
  };
}
