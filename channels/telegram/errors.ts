import { GrammyError, HttpError } from "grammy/web";
import {
  ChannelBlocked,
  ChannelBusy,
  ChannelDown,
  type ChannelError,
  ChannelGone,
  ChannelRefused,
  ChannelUncertain,
  PictureRefused,
} from "../../contract/channel-errors.ts";
import { HouseError } from "../../contract/errors.ts";

/** How long to wait where Telegram says "slow down" without a number. */
const DEFAULT_WAIT_S = 5;

/** One kind of "no" of Telegram's, and what it is in our words. */
interface Translation {
  readonly when: (error: GrammyError) => boolean;
  readonly is: (error: GrammyError) => ChannelError;
}

const blocked = ({ description }: GrammyError) => new ChannelBlocked(description);
const says = (pattern: RegExp) => (error: GrammyError) => pattern.test(error.description);

/** The methods whose message can go without what it carries. */
const FILE_METHODS: readonly string[] = ["sendPhoto", "sendDocument", "sendVoice"];

/** Telegram's errors, the first that fits (Bot API, "Making requests"; the texts are those it has been seen to give). */
const TRANSLATIONS: readonly Translation[] = [
  {
    when: ({ error_code }) => error_code === 429,
    is: ({ parameters }) => new ChannelBusy(parameters.retry_after ?? DEFAULT_WAIT_S),
  },
  // 401, 404: the token is not good. Nothing was sent, and the messages wait until the bot's settings are put right.
  {
    when: ({ error_code }) => error_code >= 500 || error_code === 401 || error_code === 404,
    is: ({ error_code }) => new ChannelDown(`Telegram answered ${error_code}`),
  },
  // A group that became a supergroup has another id: the chat of before is nobody's.
  {
    when: ({ parameters }) => parameters.migrate_to_chat_id !== undefined,
    is: () => new ChannelGone("The chat has moved"),
  },
  {
    when: says(/user is deactivated|chat was deleted/i),
    is: ({ description }) => new ChannelGone(description),
  },
  // They never wrote to this bot, as far as this token knows: a message of theirs would open the chat.
  { when: says(/chat not found|user not found|PEER_ID_INVALID/), is: blocked },
  { when: ({ error_code }) => error_code === 403, is: blocked },
  // What can be wrong with a file has many texts: it can't be had, it is of another kind, the person lets nobody send
  // them voice. Where it is the caption, the text alone is refused too.
  {
    when: ({ method }) => FILE_METHODS.includes(method),
    is: ({ description }) => new PictureRefused(description),
  },
  { when: () => true, is: ({ description }) => new ChannelRefused(description) },
];

/** Telegram's errors in our words. What isn't one of Telegram's passes as it is. */
export function inOurWords(error: unknown): unknown {
  if (error instanceof HttpError) return networkError(error);
  if (!(error instanceof GrammyError)) return error;
  return TRANSLATIONS.find(({ when }) => when(error))?.is(error) ?? error;
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
