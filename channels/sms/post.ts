import { SmsUncertain } from "../../contract/sms-errors.ts";

/** One request to a gateway. */
interface GatewayRequest {
  /** For the log. */
  readonly gateway: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: URLSearchParams | string;
}

/** What came back, whatever it is. */
interface GatewayAnswer {
  readonly status: number;
  /** `undefined` where the body is no JSON, or was cut. */
  readonly json: unknown;
}

/** A gateway that has not answered by then counts as silent: a person waits for a code. */
const TIMEOUT_MS = 10_000;

/** Answers of the gateways have a few hundred bytes. What is beyond this is not read. */
const LARGEST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts to a gateway, once: a repeated request would bring a second text.
 * @throws SmsUncertain where no answer came. A Worker is told neither whether the connection was ever made nor whether
 * the request had left.
 */
export async function post({ gateway, url, headers, body }: GatewayRequest): Promise<GatewayAnswer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      body,
      // A redirect would carry the credentials, the phone and the code to who knows where.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    // Without its cause: what a foreign error says may quote the request.
    throw new SmsUncertain(`${gateway}: silent`);
  }
  return { status: response.status, json: parsedJson(await readSome(response)) };
}

/** The beginning of an answer; what broke off in the middle ends there. The status alone may tell enough. */
async function readSome(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      const bytes = part as Uint8Array;
      size += bytes.byteLength;
      if (size > LARGEST_ANSWER_BYTES) break;
      text += decoder.decode(bytes, { stream: true });
    }
  } catch {
    return text;
  }
  return text;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
