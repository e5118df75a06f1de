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

/** What it says where there is nobody to write to any more. */
const NOBODY = /chat not found|user not found|PEER_ID_INVALID/;

/** Telegram's errors in our words. What isn't one of Telegram's passes as it is. */
export function inOurWords(error: unknown): unknown {
  if (error instanceof HttpError) return networkError(error);
  if (!(error instanceof GrammyError)) return error;
  const { error_code: code, description, parameters, method } = error;
  if (code === 429) return new ChannelBusy(parameters.retry_after ?? DEFAULT_WAIT_S);
  // 401, 404: the token is not good. Nothing was sent, and the messages wait until the bot's settings are put right.
  if (code >= 500 || code === 401 || code === 404) return new ChannelDown(`Telegram answered ${code}`);
  if (code === 403) return new ChannelBlocked(description);
  if (NOBODY.test(description)) return new ChannelBlocked(description);
  // Whatever is wrong with a picture has a text of its own; where it is the caption, the text alone is refused too.
  if (method === "sendPhoto") return new PictureRefused(description);
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
