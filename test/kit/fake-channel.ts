import { telegram } from "../../channels/telegram/telegram.ts";
import type { OutButton, OutMessage } from "../../contract/message.ts";
import type { Channel } from "../../contract/ports.ts";

/** A message as it arrived at a person's phone. */
export interface Shown {
  readonly messageId: string;
  /** What stands there, without its formatting. */
  readonly text: string;
  readonly html: string;
  readonly picture?: string;
  readonly attachment?: OutMessage["attachment"];
  readonly buttons: readonly OutButton[];
  readonly keyboard?: OutMessage["keyboard"];
}

/** What goes wrong with the next message: an error instead of sending, or after it was sent all the same. */
export interface ChannelFault {
  readonly error: Error;
  readonly sent?: boolean;
}

/** A messenger of which a test sees the other end. It has Telegram's limits. */
export class FakeChannel {
  readonly shown: Shown[] = [];
  /** Notes over tapped buttons. */
  readonly notes: string[] = [];
  readonly #faults: ChannelFault[] = [];
  #lastId = 0;

  /** Makes the next sends fail, one fault each. */
  fails(...faults: readonly ChannelFault[]): void {
    this.#faults.push(...faults);
  }

  /** The port to this messenger. */
  readonly port: Channel = {
    // A test's clock stands still while somebody writes; the pace has tests of its own.
    chatLimit: { perSecond: 1, burst: Number.POSITIVE_INFINITY },
    pieces: telegram({ apiRoot: "http://nowhere.invalid", token: "1:FAKE", paid: false }).pieces,
    send: async (_externalId, piece) => {
      const fault = this.#faults.shift();
      if (fault && !fault.sent) throw fault.error;
      const messageId = this.newMessageId();
      this.shown.push(show(messageId, piece));
      if (fault) throw fault.error;
      return { messageId };
    },
    answerTap: async (_tapId, note) => {
      this.notes.push(note ?? "");
    },
    webhook: async () => ({ isSet: true, pendingUpdates: 0, lastErrorAt: null, lastErrorMessage: null }),
  };

  /** A number for the next message of this chat, whoever writes it. */
  newMessageId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }
}

function show(messageId: string, { html, picture, attachment, buttons, keyboard }: OutMessage): Shown {
  return {
    messageId,
    html,
    text: textOf(html),
    buttons: buttons?.flat() ?? [],
    ...(picture === undefined ? {} : { picture }),
    ...(attachment === undefined ? {} : { attachment }),
    ...(keyboard === undefined ? {} : { keyboard }),
  };
}

const SIGNS: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(?:lt|gt|quot|amp);/g, (sign) => SIGNS[sign] ?? sign);
}
