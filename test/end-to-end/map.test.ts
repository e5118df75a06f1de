import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { addSecondBot, issueToken } from "../world/tokens.ts";
import { startWorld, type World } from "../world/world.ts";
import { type DocsVisitor, docsVisitor } from "./docs-visitor.ts";

let world: World;
let visitor: DocsVisitor;
let cookie: string;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  await addSecondBot(world.worker);
  visitor = docsVisitor(world);
  cookie = await visitor.signIn("dev-token");
});
afterAll(() => world?.close());

const Operations = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ tags: z.array(z.string()), operationId: z.string() })),
  ),
});

/** Where the calls of bot 1 that start communications stand on its API page, by the bot's own document. */
async function placesOfCalls(): Promise<string[]> {
  const response = await visitor.page("/api/v1/bots/1/openapi.json", cookie);
  const { paths } = Operations.parse(await response.json());
  const calls = Object.entries(paths).filter(([path]) => path.startsWith("/call/"));
  const places = calls.map(([, { post }]) => `#/${post?.tags[0]}/${post?.operationId}`);
  // What makes a site and the bot one answers the site alone, and is no row of a map.
  return places.filter((place) => !place.startsWith("#/linking/"));
}

/** The addresses within the API page that a text links to. */
const placesIn = (text: string, page: string) =>
  text
    .split(page)
    .slice(1)
    .flatMap((rest) => /^#\/[\w-]+\/\w+/.exec(rest)?.[0] ?? []);

describe("the map of a bot, as a page", () => {
  it("is for those who are signed in; others are asked for a token, and come back to it", async () => {
    const response = await visitor.page("/api/docs/map?bot=1");
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(text).toContain('<input name="next" type="hidden" value="/api/docs/map?bot=1" />');
    expect(text).not.toContain("post/new");
  });

  it("shows the rows in sections, with their columns, and the file that each is written in", async () => {
    const response = await visitor.page("/api/docs/map?bot=1", cookie);
    const text = await response.text();

    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=UTF-8",
    ]);
    for (const shown of [
      "Stage / event",
      "Detailed description",
      "The family site",
      "II. Notifying family members",
      "A new post is on the family site",
      "communications/family-site/post-new.ts",
      "/menu",
    ])
      expect(text).toContain(shown);
  });

  it("links each row to its operation, and leaves no call out that tells somebody something", async () => {
    const text = await (await visitor.page("/api/docs/map?bot=1", cookie)).text();

    const calls = await placesOfCalls();
    expect(calls).toContain("#/post/postNew");
    expect(placesIn(text, "/api/docs?bot=1")).toEqual(calls);
  });

  it("shows the maps of the bots of one's token alone", async () => {
    const both = await visitor.signIn(await issueToken(world.worker, { bots: ["1", "2"] }));

    const own = await (await visitor.page("/api/docs/map?bot=2", cookie)).text();
    const second = await (await visitor.page("/api/docs/map?bot=2", both)).text();

    expect(own).toContain('data-testid="bot-id">1<');
    expect(own).not.toContain("second_bot");
    expect(second).toContain('data-testid="bot-id">2<');
    expect(second).toContain('<a href="/api/docs?bot=2#/post/postNew">');
    expect(second).toContain('<a href="/api/docs/map?bot=1">Bot 1 · @beseda_demo_bot</a>');
  });

  it("and the API page lead to each other", async () => {
    const docs = await (await visitor.page("/api/docs?bot=1", cookie)).text();
    const map = await (await visitor.page("/api/docs/map?bot=1", cookie)).text();

    expect(docs).toContain('href="/api/docs/map?bot=1"');
    expect(map).toContain('href="/api/docs?bot=1"');
    expect(map).toContain('href="/api/docs/map.md?bot=1"');
  });

  it("may not be framed, and runs no script", async () => {
    const response = await visitor.page("/api/docs/map?bot=1", cookie);
    const policy = response.headers.get("content-security-policy") ?? "";

    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toContain("<script");
  });
});

describe("the map of a bot, as Markdown", () => {
  it("is a file to download, whose links lead to the API page from wherever it is read", async () => {
    const response = await visitor.page("/api/docs/map.md?bot=1", cookie);
    const text = await response.text();

    expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="communication-map.md"');
    expect(text).toMatch(/^# Communication maps of @beseda\\_demo\\_bot\n/);
    expect(placesIn(text, `${world.worker.url}/api/docs?bot=1`)).toEqual(await placesOfCalls());
  });

  it("is not given to those who are not signed in: they are sent to the page, which asks for the token", async () => {
    const response = await visitor.page("/api/docs/map.md?bot=1");

    expect([response.status, response.headers.get("location")]).toEqual([302, "/api/docs/map?bot=1"]);
    expect(await response.text()).toBe("");
  });
});
