import { z } from "zod";
import { ChannelUncertain, PictureRefused } from "../contract/channel-errors.ts";
import type { OutMessage } from "../contract/message.ts";
import type { Effects } from "./effects.ts";
import type { Reach } from "./reach.ts";
import type { StepNotes } from "./run.ts";

/** What became of one message. */
type SendResult = { readonly messageId: string } | { readonly lost: "uncertain" | "picture" };

const SentResult = z.object({ value: z.object({ messageId: z.string() }) });
const LostResult = z.object({ value: z.object({ lost: z.literal("uncertain") }) });

/**
 * What the person has of a step that was not brought to its end: a message, perhaps one, or `null` where they have none.
 * @param results what the step's effects came to, as they are logged; `null` where nobody saw their end
 */
export function saidIn(results: readonly (string | null)[]): "sent" | "uncertain" | null {
  const logged = results.map((result): unknown => (result === null ? null : JSON.parse(result)));
  if (logged.some((one) => SentResult.safeParse(one).success)) return "sent";
  return logged.some((one) => one === null || LostResult.safeParse(one).success) ? "uncertain" : null;
}

/** Sends the messages of one step: each piece is an effect, begun once and never sent again where its end is unknown. */
export class Sender {
  readonly notes: StepNotes = { said: false, uncertain: false, pictureMissing: false };
  readonly #reach: Pick<Reach, "channel" | "permit" | "send">;
  readonly #effects: Effects;

  constructor(reach: Pick<Reach, "channel" | "permit" | "send">, effects: Effects) {
    this.#reach = reach;
    this.#effects = effects;
  }

  /** Sends a message in as many pieces as it needs; the ids of those that surely arrived, newest first. */
  async send(message: OutMessage): Promise<string[]> {
    const sent: string[] = [];
    for (const piece of this.#reach.channel.pieces(message)) {
      const messageId = await this.#sendPiece(piece);
      if (messageId !== undefined) sent.unshift(messageId);
    }
    return sent;
  }

  async #sendPiece(piece: OutMessage): Promise<string | undefined> {
    const uncertain = { kind: "assume", value: { lost: "uncertain" } } as const;
    const result = await this.#effects.once<SendResult>(
      uncertain,
      () => this.#tryToSend(piece),
      () => this.#reach.permit(),
    );
    this.notes.said ||= "messageId" in result;
    if ("messageId" in result) return result.messageId;
    if (result.lost === "uncertain") {
      this.notes.uncertain = true;
      return undefined;
    }
    this.notes.pictureMissing = true;
    const { picture: _picture, attachment: _attachment, ...text } = piece;
    return text.html === "" ? undefined : this.#sendPiece(text);
  }

  async #tryToSend(piece: OutMessage): Promise<SendResult> {
    try {
      return { messageId: (await this.#reach.send(piece)).messageId };
    } catch (error) {
      if (error instanceof PictureRefused && (piece.picture || piece.attachment)) return { lost: "picture" };
      if (error instanceof ChannelUncertain) return { lost: "uncertain" };
      throw error;
    }
  }
}
