import { GrammyError, HttpError } from "grammy/web";
import {
  ChannelBlocked,
  ChannelBusy,
  ChannelDown,
  ChannelRefused,
  ChannelUncertain,
  HouseError,
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

/**
 * No answer from Telegram. A Worker is told neither whether the connection was ever made nor whether the request had
 * left, so nobody can know.
 */
function networkError({ error }: HttpError): HouseError {
  return error instanceof HouseError ? error : new ChannelUncertain("No answer came from Telegram");
}

/** 520 and 524 came after the request had reached something behind the edge: it may have been done. */
const MAYBE_DONE = [520, 524];

/** `fetch` for the Bot API. @throws ChannelDown for an error page from something in front of it */
export async function fetchBotApi(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const isPage = !response.headers.get("content-type")?.includes("json");
  if (response.status < 500 || !isPage || MAYBE_DONE.includes(response.status)) return response;
  throw new ChannelDown(`Something in front of Telegram answered ${response.status}`);
}
