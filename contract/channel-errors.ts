import { HouseError } from "./errors.ts";

/** What it means that a messenger did not take a message, and what is done about it. */
interface ChannelTrouble {
  readonly means: string;
  /**
   * `when-told`: after the time that was given. `with-waits`: after a second, then ever later, for a day. `never`: as
   * it is, it will not do.
   */
  readonly retry: "when-told" | "with-waits" | "never";
  /** The recipient's state where it is not tried again, or was tried for too long. */
  readonly state: "failed" | "blocked" | "uncertain";
  /** What becomes of the lead. */
  readonly lead: "stays" | "blocked" | "deleted";
}

/** Everything that can go wrong between us and a messenger, by the code of its error. */
export const CHANNEL_TROUBLES = {
  "channel-busy": {
    means: "The messenger asks to slow down; nothing was sent",
    retry: "when-told",
    state: "failed",
    lead: "stays",
  },
  "channel-paced": {
    means: "We hold the message back ourselves, to keep the messenger's limits",
    retry: "when-told",
    state: "failed",
    lead: "stays",
  },
  "channel-down": {
    means:
      "The messenger, or something in front of it, is out of order, or the bot's token is not good; nothing was sent",
    retry: "with-waits",
    state: "failed",
    lead: "stays",
  },
  "channel-uncertain": {
    means: "No answer came; nobody can know whether the message was sent",
    retry: "never",
    state: "uncertain",
    lead: "stays",
  },
  "channel-blocked": {
    means: "The person has blocked the bot, or never let it write; they can let it in again",
    retry: "never",
    state: "blocked",
    lead: "blocked",
  },
  "channel-gone": {
    means: "Nobody is in this chat any more: the account was deleted, or the chat has moved",
    retry: "never",
    state: "blocked",
    lead: "deleted",
  },
  "channel-refused": {
    means: "The messenger will never take this message as it is",
    retry: "never",
    state: "failed",
    lead: "stays",
  },
  "picture-refused": {
    means: "The messenger could not take the picture or the file; the text goes alone",
    retry: "never",
    state: "failed",
    lead: "stays",
  },
} as const satisfies Readonly<Record<string, ChannelTrouble>>;

/** The code of an error of a messenger. */
export type ChannelCode = keyof typeof CHANNEL_TROUBLES;

/** A messenger did not take a message; `CHANNEL_TROUBLES` says what that means. */
export abstract class ChannelError extends HouseError {
  abstract override readonly code: ChannelCode;
}

/** The messenger asked us to slow down. Nothing was sent. */
export class ChannelBusy extends ChannelError {
  override readonly code = "channel-busy";
  /** @param retryAfter seconds to wait */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super(`The channel asks to wait ${retryAfter} s`);
    this.retryAfter = retryAfter;
  }
}

/** We ourselves hold a message back, so that the messenger's limits are kept. Nothing was sent. */
export class ChannelPaced extends ChannelError {
  override readonly code = "channel-paced";
  /** @param waitMs milliseconds to wait */
  readonly waitMs: number;
  constructor(waitMs: number) {
    super(`The pace asks to wait ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

/** The messenger, or something in front of it, says that it is out of order. Nothing was sent. */
export class ChannelDown extends ChannelError {
  override readonly code = "channel-down";
}

/** No answer came from the messenger: nobody can know whether the request was done. */
export class ChannelUncertain extends ChannelError {
  override readonly code = "channel-uncertain";
}

/** This person has blocked the bot; they can let it in again. */
export class ChannelBlocked extends ChannelError {
  override readonly code = "channel-blocked";
}

/** There is nobody in this chat any more: the account was deleted, or the chat is another one now. */
export class ChannelGone extends ChannelError {
  override readonly code = "channel-gone";
}

/** The messenger will never take this message as it is. */
export class ChannelRefused extends ChannelError {
  override readonly code = "channel-refused";
}

/** The messenger could not take the picture, or the file; the text is well. */
export class PictureRefused extends ChannelError {
  override readonly code = "picture-refused";
}
