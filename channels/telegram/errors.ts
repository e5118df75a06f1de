import { GrammyError, HttpError } from "grammy/web";
import {
  ChannelBlocked,
  ChannelBusy,
  ChannelDown,
  ChannelRefused,
  ChannelUncertain,
  PictureRefused,
} from "../../contract/errors.ts";

/** How long to wait where Telegram says "slow down" without a number. */
const DEFAULT_WAIT_S = 5;

/** What Telegram says of a picture that it could not get (Bot API: sendPhoto by URL). */
const PICTURE =
  /failed to get HTTP URL content|wrong file identifier|wrong type of the web page content|WEBPAGE_|PHOTO_|IMAGE_PROCESS_FAILED/;

/** What it says where there is nobody to write to any more. */
const NOBODY = /chat not found|user not found|PEER_ID_INVALID/;

/** Telegram's errors in our words. What isn't one of Telegram's passes as it is. */
export function inOurWords(error: unknown): unknown {
  if (error instanceof HttpError) return networkError(error);
  if (!(error instanceof GrammyError)) return error;
  const { error_code: code, description, parameters } = error;
  if (code === 429) return new ChannelBusy(parameters.retry_after ?? DEFAULT_WAIT_S);
  // 401: the token is being changed; nothing was sent, and the new one is read before the next try.
  if (code >= 500 || code === 401) return new ChannelDown(`Telegram answered ${code}`);
  if (code === 403) return new ChannelBlocked(description);
  if (PICTURE.test(description)) return new PictureRefused(description);
  if (NOBODY.test(description)) return new ChannelBlocked(description);
  return new ChannelRefused(description);
}

/** No answer from Telegram. Only a connection that was never made is sure to have sent nothing. */
function networkError({ error }: HttpError): ChannelDown | ChannelUncertain {
  const text = error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : String(error);
  // A body that is no JSON came from something in front of Telegram, after the request was through.
  if (/ECONNREFUSED|connection refused|ENOTFOUND|DNS|EAI_AGAIN/i.test(text))
    return new ChannelDown("Telegram can't be reached");
  return new ChannelUncertain("No answer came from Telegram");
}
