import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSecondBot, issueToken, revokeToken } from "../world/tokens.ts";
import { startWorld, type World } from "../world/world.ts";
import { type DocsVisitor, docsVisitor } from "./docs-visitor.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  await addSecondBot(world.worker);
});
afterAll(() => world?.close());

const page: DocsVisitor["page"] = (...asked) => docsVisitor(world).page(...asked);
const form: DocsVisitor["form"] = (...sent) => docsVisitor(world).form(...sent);
const signIn: DocsVisitor["signIn"] = (token) => docsVisitor(world).signIn(token);
const document = (cookie: string, bot = "1") => page(`/api/v1/bots/${bot}/openapi.json`, cookie);

describe("the documentation page", () => {
  it("asks those who are not signed in for a token, and shows nothing of any bot", async () => {
    const response = await page("/api/docs");
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(text).toContain('<form method="post" action="/api/docs/sign-in">');
    expect(text).not.toContain("bot-id");
    expect(text).not.toContain("openapi.json");
  });

  it("says that a wrong token is not known, and opens no session", async () => {
    const response = await form("/api/docs/sign-in", { token: "wrong" });

    expect(response.status).toBe(401);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toContain("This token is not known");
  });

  it("shows the bot's id to who signed in with its token, by a cookie that no script can read", async () => {
    const response = await form("/api/docs/sign-in", { token: "dev-token" });
    const cookie = response.headers.get("set-cookie") ?? "";
    const shown = await (await page("/api/docs", cookie.split(";")[0])).text();

    expect([response.status, response.headers.get("location")]).toEqual([302, "/api/docs"]);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).not.toContain("dev-token");
    expect(shown).toContain('<strong data-testid="bot-id">1</strong>');
    expect((await document(cookie.split(";")[0] ?? "")).status).toBe(200);
  });

  it("shows to who signed in the bots of their token alone", async () => {
    const one = await signIn("dev-token");
    const both = await signIn(await issueToken(world.worker, { bots: ["1", "2"] }));

    expect((await document(one, "2")).status).toBe(403);
    expect(await (await page("/api/docs?bot=2", one)).text()).toContain('data-testid="bot-id">1<');
    expect((await document(both, "2")).status).toBe(200);
    expect(await (await page("/api/docs?bot=2", both)).text()).toContain('data-testid="bot-id">2<');
  });

  it("is closed again after signing out", async () => {
    const cookie = await signIn("dev-token");

    const out = await form("/api/docs/sign-out", {}, { cookie });

    expect(out.headers.get("set-cookie")).toMatch(/^beseda-docs=; Max-Age=0; Path=\/api/);
    expect((await document("")).status).toBe(401);
    expect(await (await page("/api/docs", "beseda-docs=")).text()).toContain("/api/docs/sign-in");
  });

  it("is closed to whose token was revoked meanwhile", async () => {
    const token = await issueToken(world.worker);
    const cookie = await signIn(token);

    await revokeToken(world.worker, token);

    expect((await document(cookie)).status).toBe(401);
    expect(await (await page("/api/docs", cookie)).text()).toContain("/api/docs/sign-in");
  });

  it("takes no session that somebody made up or changed", async () => {
    const cookie = await signIn("dev-token");
    const changed = cookie.slice(0, -4) + (cookie.endsWith("AAAA") ? "BBBB" : "AAAA");

    for (const forged of [changed, "beseda-docs=x.y", "beseda-docs=e30=", `${cookie}x`])
      expect((await document(forged)).status).toBe(401);
  });

  it("goes on, once signed in, to the page of the docs that was asked for, and to nowhere else", async () => {
    const target = async (next: string) =>
      (await form("/api/docs/sign-in", { token: "dev-token", next })).headers.get("location");

    expect(await (await page("/api/docs?bot=2")).text()).toContain('value="/api/docs?bot=2"');
    expect(await target("/api/docs?bot=2")).toBe("/api/docs?bot=2");
    expect(await target("/api/docs/map?bot=1")).toBe("/api/docs/map?bot=1");
    for (const elsewhere of [
      "https://evil.example/api/docs",
      "//evil.example/api/docs",
      "/api/docs/../../call",
      "/api/docs?bot=1\r\nX: y",
      "/api/docs?bot=1\n",
    ])
      expect(await target(elsewhere)).toBe("/api/docs");
  });

  it("keeps the page that was asked for over a wrong token, and puts nothing else into the form", async () => {
    const kept = await form("/api/docs/sign-in", { token: "wrong", next: "/api/docs/map?bot=1" });
    const odd = await form("/api/docs/sign-in", { token: "wrong", next: '"><script>' });
    const asked = await page("/api/docs?bot=%22%3E%3Cscript%3E");

    expect(await kept.text()).toContain('value="/api/docs/map?bot=1"');
    for (const one of [odd, asked]) expect(await one.text()).not.toContain("<script>");
  });

  it("takes no form that another site sent", async () => {
    const response = await form(
      "/api/docs/sign-in",
      { token: "dev-token" },
      { origin: "https://evil.example" },
    );

    expect(response.status).toBe(403);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("may not be framed, and runs no script but its own", async () => {
    const policy = (await page("/api/docs")).headers.get("content-security-policy") ?? "";

    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain("script-src");
  });

  it("lets its session open no call: that takes a token", async () => {
    const cookie = await signIn("dev-token");

    const response = await fetch(`${world.api.bot}/call/post/new`, {
      method: "POST",
      headers: { Cookie: cookie, "Content-Type": "application/json" },
      body: JSON.stringify({ script_request_params: { postId: 1, authorId: 3, userIds: [127] } }),
    });

    expect(response.status).toBe(401);
  });
});
