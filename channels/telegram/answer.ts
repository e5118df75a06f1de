import { z } from "zod";
import { ChannelUncertain } from "../../contract/channel-errors.ts";

/** Bot API, "Making requests": what every answer has. */
const Answer = z.discriminatedUnion("ok", [
  z.looseObject({ ok: z.literal(true), result: z.unknown() }),
  z.looseObject({ ok: z.literal(false), error_code: z.int(), description: z.string() }),
]);

const SentMessage = z.looseObject({ message_id: z.int() });

/**
 * An answer of the Bot API, as it is. @throws ChannelUncertain where it is none: whatever stands between us and
 * Telegram gave it, nobody can know what became of the request
 */
export function sensible<T>(answer: T): T {
  if (Answer.safeParse(answer).success) return answer;
  throw new ChannelUncertain("Telegram's answer makes no sense");
}

/** The id of a message that was sent. @throws ChannelUncertain where the answer names none */
export function messageIdOf(sent: unknown): string {
  const read = SentMessage.safeParse(sent);
  if (read.success) return String(read.data.message_id);
  throw new ChannelUncertain("Telegram's answer names no message");
}
