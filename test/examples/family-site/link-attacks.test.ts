import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../examples/family-site/data/database.ts";
import { eveAt } from "./eve.ts";
import { EVE, linkingBot } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { startWorld } from "./world.ts";

const MINUTE = 60_000;

describe("a PIN page that is not this visit's", () => {
  it("asks the bot nothing where another link was opened since", async () => {
    const { world, eve } = await eveAt();
    await eve.another().open("/?buid=AAAAAAAAAAAAAAAA");

    const stale = await eve.send("/link/pin", { pin: EVE.pin });

    expect(stale).toMatchObject({ status: 200, path: "/link/stale" });
    expect(stale.marks).toEqual(expect.arrayContaining(["link-stale", "link-again"]));
    expect(world.bot.calls).toEqual([]);
  });

  it("asks nothing where somebody else has signed in since", async () => {
    const { world, eve } = await eveAt();
    await eve.another().signIn(127);

    expect((await eve.send("/link/pin", { pin: EVE.pin })).marks).toContain("link-stale");
    expect(world.bot.calls).toEqual([]);
  });

  it("asks nothing for a tampered stamp, a turn that never was, or without a cookie", async () => {
    const { world, eve } = await eveAt();
    const form = { ...eve.fieldsOf("/link/pin"), pin: EVE.pin };

    for (const wrong of [{ stamp: "x" }, { turn: "7" }, { turn: "-1" }, { turn: "x" }])
      expect((await eve.post("/link/pin", { ...form, ...wrong })).marks).toContain("link-stale");
    eve.jar.cookies.clear();
    const none = await eve.post("/link/pin", form);

    expect(none.marks).toContain("link-none");
    expect(world.bot.calls).toEqual([]);
  });

  it("is refused from another site", async () => {
    const { world, eve } = await eveAt();
    const form = { ...eve.fieldsOf("/link/pin"), pin: EVE.pin };

    const answer = await eve.post("/link/pin", form, { Origin: "https://evil.example" });

    expect(answer.status).toBe(403);
    expect(world.bot.calls).toEqual([]);
  });
});

describe("what is secret about linking", () => {
  it("stands in no log, no address after the first, no header and no page", async () => {
    const logged: unknown[] = [];
    const bot = await linkingBot({ userId: 1707 });
    const log = (...words: unknown[]) => logged.push(...words);
    const world = await startWorld({ fakeBot: bot, log });
    const eve = tab(world);
    await eve.open(`/orders/502?buid=${EVE.buid}`);
    eve.jar.seen.shift();
    bot.answers.push("cut", { status: 500, body: {} }, { body: { success: true, status: "?" } });
    const pages = [eve.shown().html];
    for (const pin of [EVE.pin, "482916", "482917", "482918", EVE.pin])
      pages.push((await eve.send("/link/pin", { pin })).html);

    expect(logged.length).toBeGreaterThan(0);
    expect(eve.shown().html).toContain('data-outcome="signed-in"');
    expect(JSON.stringify([logged, eve.jar.seen])).not.toMatch(/48291|ZRvJxY/);
    expect(pages.join("")).not.toContain(EVE.buid);
  });

  it("stands in the database as long as it is needed, and the visitor's id and the PIN never", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "family-site-")), "site.sqlite");
    const world = await startWorld({ fakeBot: await linkingBot({ userId: 1707 }), file });
    const db = openDatabase(file);
    const rows = () => JSON.stringify(db.all("SELECT * FROM pending_links"));
    const eve = tab(world);
    await eve.open(`/?buid=${EVE.buid}`);
    const id = eve.jar.cookies.get("pending-link")?.value ?? "?";

    await eve.send("/link/pin", { pin: "482916" });
    const before = rows();
    await eve.send("/link/pin", { pin: EVE.pin });

    expect(before).toContain(EVE.buid);
    expect(before).not.toContain(id);
    expect(before).not.toContain("482916");
    expect(rows()).not.toContain(EVE.buid);
    await eve.open("/?buid=AAAAAAAAAAAAAAAA");
    world.clock.pass(20 * MINUTE);
    await eve.open("/?buid=BBBBBBBBBBBBBBBB");
    expect(db.all("SELECT buid FROM pending_links")).toEqual([{ buid: "BBBBBBBBBBBBBBBB" }]);
    db.close();
  });
});
