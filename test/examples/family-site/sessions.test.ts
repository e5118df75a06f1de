import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cookieOf, sendForm, signIn, visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "family-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Whom the site takes the bringer of this cookie for, by the name on their profile. */
async function whoIs({ site }: World, cookie: string): Promise<string> {
  const page = await (await fetch(`${site.url}/profile`, { headers: { Cookie: cookie } })).text();
  return /name="name" value="([^"]*)"/.exec(page)?.[1] ?? "guest";
}

/** What the site's file holds of sessions. */
function stored(file: string) {
  const db = new DatabaseSync(file);
  const rows = db.prepare("SELECT id_hash, user_id FROM sessions").all();
  db.close();
  return rows as { readonly id_hash: string; readonly user_id: number }[];
}

describe("a session", () => {
  it("begins with a cookie that scripts cannot read and other sites cannot send", async () => {
    const world = await startWorld();

    const chosen = await sendForm(world, "/actor", { userId: "127", back: "/family" });

    expect(chosen.headers.get("location")).toBe("/family");
    expect(chosen.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
      "gathering-token=; Max-Age=0; Path=/gathering",
    ]);
    expect(await whoIs(world, cookieOf(chosen))).toBe("Александр");
  });

  it("travels by https alone where the site is there", async () => {
    const world = await startWorld({ publicUrl: "https://family.example" });

    const chosen = await sendForm(world, "/actor", { userId: "127", back: "/" });

    expect(chosen.headers.get("set-cookie")).toMatch(/; Secure/);
  });

  it("never takes on an id that the visitor brought, known or unknown", async () => {
    const world = await startWorld();
    const unknown = `session=${"a".repeat(43)}`;
    const known = await signIn(world, 1707);

    const afterUnknown = await signIn(world, 127, { Cookie: unknown });
    const afterKnown = await signIn(world, 127, { Cookie: known });

    expect(new Set([unknown, known, afterUnknown, afterKnown]).size).toBe(4);
    expect(await whoIs(world, unknown)).toBe("guest");
    expect(await whoIs(world, known)).toBe("guest");
    expect(await whoIs(world, afterKnown)).toBe("Александр");
  });

  it("is known to the database by a hash of its id alone", async () => {
    const file = join(folder, "site.sqlite");
    const world = await startWorld({ file });

    const id = (await signIn(world, 127)).replace("session=", "");

    const rows = stored(file);
    expect(rows).toEqual([{ id_hash: expect.stringMatching(/^[\w-]{43}$/), user_id: 127 }]);
    expect(rows[0]?.id_hash).not.toBe(id);
    expect(await whoIs(world, `session=${rows[0]?.id_hash}`)).toBe("guest");
  });

  it("outlives a restart of the site", async () => {
    const file = join(folder, "site.sqlite");
    const first = await startWorld({ file });
    const cookie = await signIn(first, 127);
    await first.site.close();

    const second = await startWorld({ file, fakeClock: first.clock, fakeBot: first.bot });

    expect(await whoIs(second, cookie)).toBe("Александр");
  });

  it.each([
    ["the button", "/sign-out", {}],
    ["the guest among the people", "/actor", { userId: "", back: "/" }],
  ])("ends with %s on the server too, once and for all", async (_, path, fields: Record<string, string>) => {
    const world = await startWorld();
    const cookie = await signIn(world, 127);

    const out = await sendForm(world, path, fields, { Cookie: cookie });
    const again = await sendForm(world, path, fields, { Cookie: cookie });

    expect([out.status, out.headers.get("location")]).toEqual([303, "/"]);
    expect(out.headers.get("set-cookie")).toMatch(/^session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax/);
    expect(again.status).toBe(303);
    expect(await whoIs(world, cookie)).toBe("guest");
  });

  it("ends for good when its user is blocked, on every device", async () => {
    const world = await startWorld();
    const devices = [await signIn(world, 127), await signIn(world, 127)];
    const admin = visitor(world, 9);

    await admin.send("/admin/users/127/block", { reason: "Потерян телефон" });
    const blocked = await Promise.all(devices.map((cookie) => whoIs(world, cookie)));
    await admin.send("/admin/users/127/unblock");

    expect(blocked).toEqual(["guest", "guest"]);
    expect(await Promise.all(devices.map((cookie) => whoIs(world, cookie)))).toEqual(["guest", "guest"]);
    expect(await whoIs(world, await signIn(world, 127))).toBe("Александр");
  });

  it("ends when its user is deleted", async () => {
    const world = await startWorld();
    const cookie = await signIn(world, 127);

    await visitor(world, 9).send("/admin/users/127/delete");

    expect(await whoIs(world, cookie)).toBe("guest");
    expect(await signIn(world, 127)).toBe("");
  });

  it("is none while its user is kept out, whoever did that", async () => {
    const file = join(folder, "site.sqlite");
    const world = await startWorld({ file });
    const cookie = await signIn(world, 127);

    const db = new DatabaseSync(file);
    db.exec("UPDATE users SET is_active = 0 WHERE id = 127");
    db.close();

    expect(await whoIs(world, cookie)).toBe("guest");
  });

  it("is not begun as somebody who is blocked or unknown, and goes on as whose it was", async () => {
    const world = await startWorld();
    const cookie = await signIn(world, 127);

    for (const userId of ["10", "999", "x"]) {
      const answer = await sendForm(world, "/actor", { userId, back: "/" }, { Cookie: cookie });
      expect(answer.headers.get("set-cookie")).toBeNull();
    }

    expect(await whoIs(world, cookie)).toBe("Александр");
  });

  it("lasts thirty days, and leaves nothing behind once somebody else signs in", async () => {
    const file = join(folder, "site.sqlite");
    const world = await startWorld({ file });
    const cookie = await signIn(world, 127);

    world.clock.pass(30 * DAY_MS - 1);
    expect(await whoIs(world, cookie)).toBe("Александр");
    world.clock.pass(1);
    expect(await whoIs(world, cookie)).toBe("guest");
    await signIn(world, 1707);

    expect(stored(file).map(({ user_id }) => user_id)).toEqual([1707]);
  });

  it.each([
    "session=",
    "session=127",
    "actor=127",
    `session=${"%00".repeat(10)}`,
    `session=${"x".repeat(4000)}`,
    "session=a' OR '1'='1",
  ])("is not to be had with the cookie %s", async (forged) => {
    const world = await startWorld();
    await signIn(world, 127);

    expect(await whoIs(world, forged)).toBe("guest");
  });
});

describe("the way back after signing in", () => {
  it.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/family\\..",
    "javascript:alert(1)",
    "",
  ])("never leads to %o", async (back) => {
    const world = await startWorld();

    const signedIn = await sendForm(world, "/actor", { userId: "127", back });
    const signedOut = await sendForm(world, "/sign-out", { back });
    const page = await visitor(world, "guest").read(`/sign-in?back=${encodeURIComponent(back)}`);

    expect([signedIn, signedOut].map((answer) => answer.headers.get("location"))).toEqual(["/", "/"]);
    expect([...page.matchAll(/name="back" value="([^"]*)"/g)].map(([, value]) => value)).toEqual(["/", "/"]);
  });
});
