import { afterEach } from "vitest";
import { type RunningSite, type SiteOptions, startSite } from "../../../examples/family-site/server.ts";
import { type FakeBot, fakeBot } from "./fake-bot.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";

/** A site, its bot and its time. */
export interface World {
  readonly site: RunningSite;
  readonly bot: FakeBot;
  readonly clock: FakeClock;
  /** A call of the site's API with the right token; a body makes it a POST. */
  api(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
}

/** What the site's answers hold that tests look into; each answer has some of it, and a test says which. */
export interface ApiBody {
  readonly userId: number;
  readonly postId: number;
  readonly commentId: number;
  readonly imageUrl: string;
  readonly comments: readonly { readonly commentId: number; readonly text: string }[];
  readonly posts: readonly { readonly postId: number }[];
  readonly requestId: number;
  readonly siteId: number;
  readonly url: string;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly error: string;
}

/** An answer of the site's API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ApiBody;
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Starts a world that ends with the test; `options` may bring a file, a bot or a clock of an earlier one. */
export async function startWorld(
  options: Partial<SiteOptions> & { readonly fakeBot?: FakeBot; readonly fakeClock?: FakeClock } = {},
): Promise<World> {
  const clock = options.fakeClock ?? fakeClock();
  const bot = options.fakeBot ?? (await fakeBot());
  ends.push(() => bot.close());
  const site = await startSite({ port: 0, bot: { apiUrl: bot.url, token: "bot-secret" }, clock, ...options });
  ends.push(() => site.close());
  return { site, bot, clock, api: (path, body, headers) => callApi(site, path, body, headers) };
}

async function callApi(
  site: RunningSite,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${site.url}/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: "Bearer dev-site-token", "Content-Type": "application/json", ...headers },
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as ApiBody };
}
