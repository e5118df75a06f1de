import { Api } from "grammy/web";
import type { Channel, WebhookState } from "../../contract/ports.ts";
import { messageIdOf, sensible } from "./answer.ts";
import { fetchBotApi, inOurWords } from "./errors.ts";
import { CHAT_LIMIT, LONGEST_NOTE } from "./limits.ts";
import { pieces } from "./pieces.ts";
import { sendPiece } from "./send-piece.ts";

/** Where a bot's messages go, and as whom. */
export interface TelegramSettings {
  /** The Bot API's root: Telegram's own, or an emulator's. */
  readonly apiRoot: string;
  readonly token: string;
  /** Whether the bot pays for sending faster than 30 a second (Bot API: `allow_paid_broadcast`). */
  readonly paid: boolean;
}

/** A request that has no answer by then has no known end. */
const TIMEOUT_S = 20;

/** Telegram, with the token of one bot. */
export function telegram({ apiRoot, token, paid }: TelegramSettings): Channel {
  const api = new Api(token, {
    apiRoot,
    timeoutSeconds: TIMEOUT_S,
    fetch: fetchBotApi,
  });
  api.config.use(async (call, ...request) => sensible(await call(...request)));
  const sendOptions = paid ? { allow_paid_broadcast: true } : {};
  return {
    chatLimit: CHAT_LIMIT,
    pieces,
    async send(externalId, piece) {
      const sent = await sendPiece(api, Number(externalId), piece, sendOptions).catch(rethrow);
      return { messageId: messageIdOf(sent) };
    },
    async answerTap(tapId, note) {
      const text = note === undefined ? {} : { text: note.slice(0, LONGEST_NOTE) };
      await api.answerCallbackQuery(tapId, text).catch(rethrow);
    },
    webhook: () => webhookState(api).catch(rethrow),
  };
}

/** Bot API: getWebhookInfo, without the address: that is for nobody's eyes. */
async function webhookState(api: Api): Promise<WebhookState> {
  const { url, pending_update_count, last_error_date, last_error_message } = await api.getWebhookInfo();
  return {
    isSet: url !== undefined && url !== "",
    pendingUpdates: pending_update_count,
    lastErrorAt: last_error_date === undefined ? null : last_error_date * 1000,
    lastErrorMessage: last_error_message ?? null,
  };
}

function rethrow(error: unknown): never {
  throw inOurWords(error);
}
