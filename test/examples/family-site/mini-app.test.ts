import { describe, expect, it } from "vitest";
import type { NextAnswer } from "./fake-bot.ts";
import { askedOf, sendForm } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const INIT_DATA = "query_id=AAE&user=%7B%22id%22%3A1%7D&auth_date=1700000000&hash=abc";

/** What the Mini App's page gets where the bot says this of who looks. */
async function lookedAt(world: World, said: NextAnswer) {
  world.bot.answers.push(said);
  const answer = await sendForm(world, "/app/me", { initData: INIT_DATA });
  const html = await answer.text();
  const marks = [...html.matchAll(/data-testid="([\w-]+)"/g)].map(([, mark = ""]) => mark);
  return { answer, html, marks };
}

const person = (more: object): NextAnswer => ({
  body: { success: true, userId: 127, personId: 77, leadId: 1077, leadName: "Александр", ...more },
});

const no = (errorCode: string): NextAnswer => ({ body: { success: false, errorCode, message: "Нет" } });

describe("the page inside Telegram", () => {
  it("shows the orders of whom the bot knows, opens no session and is kept by nobody", async () => {
    const world = await startWorld();

    const { answer, html, marks } = await lookedAt(world, person({}));

    expect(askedOf(world)).toEqual([["miniapp/identify", { initData: INIT_DATA }]]);
    expect(marks).toEqual(expect.arrayContaining(["app-person", "app-orders", "app-goods"]));
    expect(html).toContain("Здравствуйте, Александр!");
    expect(html).toContain('href="/orders/501"');
    expect(html).toContain('href="/orders/504"');
    expect(html).not.toContain('href="/orders/502"');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    ["no account is linked", person({ userId: null, leadName: "Ева" }), "Здравствуйте, Ева!"],
    ["the account is none of this site", person({ userId: 9999 }), "Здравствуйте, Александр!"],
    ["nobody ever wrote to the bot", no("lead-not-found"), "Здравствуйте!"],
  ])("offers a way in where %s", async (_why, said, greeting) => {
    const { html, marks } = await lookedAt(await startWorld(), said);

    expect(marks).toEqual(["app-stranger", "app-sign-in"]);
    expect(html).toContain(greeting);
    expect(html).toContain("?start=site");
  });

  it("shows nothing to a blocked person", async () => {
    const { html, marks } = await lookedAt(await startWorld(), person({ userId: 10 }));

    expect(marks).toEqual(["app-closed"]);
    expect(html).not.toContain("/orders/");
  });

  it.each([
    [no("init-data-invalid"), 403, "app-refused"],
    [{ status: 503, body: {} }, 503, "app-silent"],
    ["cut", 503, "app-silent"],
    [{ status: 429, body: {} }, 503, "app-silent"],
    [{ body: { success: true } }, 503, "app-silent"],
  ] as const)("says what to do where the bot answers %o", async (said, status, mark) => {
    const { answer, marks } = await lookedAt(await startWorld(), said);

    expect(answer.status).toBe(status);
    expect(marks).toContain(mark);
  });

  it.each([{}, { initData: "" }, { initData: "x".repeat(8193) }])(
    "asks the bot nothing about no data",
    async (fields: Record<string, string>) => {
      const world = await startWorld();

      const answer = await sendForm(world, "/app/me", fields);

      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain("app-refused");
      expect(world.bot.calls).toEqual([]);
    },
  );

  it("is asked for by no other site", async () => {
    const world = await startWorld();

    const headers = { Origin: "https://evil.example" };
    const answer = await sendForm(world, "/app/me", { initData: INIT_DATA }, headers);

    expect(answer.status).toBe(403);
    expect(world.bot.calls).toEqual([]);
  });

  it("may be framed by Telegram alone, and no other page by anybody", async () => {
    const world = await startWorld({ botLink: "http://127.0.0.1:9999/phone?x=1" });
    const headersOf = async (path: string) => (await fetch(world.site.url + path)).headers;

    const app = await headersOf("/app");

    const policy = app.get("content-security-policy");
    expect(policy).toMatch(/; frame-ancestors https:\/\/web\.telegram\.org http:\/\/127\.0\.0\.1:9999$/);
    expect(policy).toContain("script-src 'self'");
    expect(app.get("x-frame-options")).toBe(null);
    for (const path of ["/", "/link", "/gathering", "/app/", "/app/me", "/app/x", "/shop"]) {
      const other = await headersOf(path);
      expect([path, other.get("x-frame-options")]).toEqual([path, "DENY"]);
      expect(other.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
  });

  it("brings its script, and says outside Telegram where it belongs", async () => {
    const world = await startWorld();

    const page = await (await fetch(`${world.site.url}/app`)).text();
    const script = await fetch(`${world.site.url}/assets/app.js`);

    expect(page).toContain('data-testid="app-outside"');
    expect(page).toContain('src="/assets/app.js"');
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(await script.text()).toContain("tgWebAppData");
  });
});
