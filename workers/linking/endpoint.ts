import type { z } from "zod";
import type { BotProfile } from "../../contract/bot.ts";
import type { Refusal } from "../../contract/refusal.ts";
import type { ApiToken } from "../../schema/api-tokens.ts";
import type { House } from "../house.ts";

/** A request of the site, as an endpoint that starts no communication sees it. */
export interface SiteRequest<Params> {
  readonly params: Params;
  readonly bot: BotProfile;
  readonly token: ApiToken;
  readonly house: House;
  /** Names the request: the same where it is repeated with its `Idempotency-Key`. */
  readonly requestId: string;
  /** Has something done after the answer; its failure is logged. */
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** What a request came to: what is answered beside `success`, or beside the words of a refusal. */
export type Reply = Readonly<Record<string, unknown>> | (Refusal & object);

/** An endpoint that answers the site at once, and is no communication. */
interface EndpointDefinition<Params extends z.ZodType, Answer extends z.ZodRawShape> {
  readonly alias: string;
  /** One line for the API page. */
  readonly summary: string;
  readonly description: string;
  /** A call for the API page. */
  readonly example: z.input<Params>;
  readonly params: Params;
  /** What a "yes" holds beside `success`. */
  readonly answer: Answer;
  /** Whether the answer is kept for its `Idempotency-Key`, so that a repeated request is done once. */
  readonly isKept: boolean;
  /** @throws TooMany */
  act(request: SiteRequest<z.output<Params>>): Promise<Reply>;
}

/** Any such endpoint: its types were checked where it was defined. */
export interface AnyEndpoint extends Omit<EndpointDefinition<z.ZodType, z.ZodRawShape>, "act"> {
  act(request: SiteRequest<unknown>): Promise<Reply>;
}

/** Defines an endpoint that answers the site at once. */
export function endpoint<Params extends z.ZodType, Answer extends z.ZodRawShape>(
  definition: EndpointDefinition<Params, Answer>,
): AnyEndpoint {
  return definition as unknown as AnyEndpoint;
}
