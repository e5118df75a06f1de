import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linksFrom } from "../../workers/links.ts";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  house,
  keptOf,
  MINUTE,
  notThe,
  openForm,
  openLink,
  pass,
  pinOf,
  someone,
  strangerIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await demo(new Network());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** All that is in the database, as text. */
async function everythingKept(): Promise<string> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
  ).all<{ name: string }>();
  const rows = await env.DB.batch(tables.results.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`)));
  return JSON.stringify(rows.map(({ results }) => results));
}

describe("the token of a link", () => {
  it("stands in clear nowhere either: of links to a page, and of links from the site", async () => {
    const logged = vi.spyOn(console, "log");
    const form = await openForm(await strangerIn());
    const { answer } = await call("link/start", { userId: someone() });
    const start = String(answer.url).slice(-32);
    for (const token of [form, start, `${form}0`]) await call("identify", { token });

    const everything = `${await everythingKept()}${JSON.stringify(logged.mock.calls)}`;
    for (const token of [form, start]) expect(everything).not.toContain(token);
  });
});

describe("a PIN", () => {
  it("stands in clear nowhere: not in the database, not in its object, not in a log", async () => {
    const logged: unknown[] = [];
    for (const level of ["log", "info", "warn", "error", "debug"] as const)
      vi.spyOn(console, level).mockImplementation((...given) => void logged.push(given));
    const opened = await Promise.all(Array.from({ length: 8 }, async () => openLink(await strangerIn())));
    const headers = () => ({ "Idempotency-Key": crypto.randomUUID() });

    for (const { buid, pin } of opened) {
      await call("authorize", { buid, pin: notThe(pin) }, headers());
      await call("authorize", { buid, pin, userId: someone() }, headers());
      await call("authorize", { buid, pin, nonsense: pin }, headers());
    }

    const kept = await Promise.all(opened.map(({ buid }) => keptOf(buid)));
    const everything = [await everythingKept(), JSON.stringify(kept), JSON.stringify(logged)].join("\n");
    expect(logged.length).toBeGreaterThan(0);
    for (const { pin, buid, once } of opened) {
      const alone = (digits: string) => new RegExp(`(?<![0-9a-zA-Z.])${digits}(?![0-9a-zA-Z])`);
      expect(everything).not.toMatch(alone(pin));
      expect(everything).not.toMatch(alone(notThe(pin)));
      expect(everything).toContain(buid);
      expect(JSON.stringify(logged)).not.toContain(buid);
      expect(await everythingKept()).not.toContain(once);
    }
  });

  it("is kept under a key and for its own object: the same digits are another hash in each", async () => {
    const [one, two] = [await openLink(await strangerIn()), await openLink(await strangerIn())];
    const given = { pin: "123456", leadId: 1, mostAnHour: 10 };
    await pinOf(one.buid).issue({ ...given, once: "one" });
    await pinOf(two.buid).issue({ ...given, once: "two" });

    const hashes = await Promise.all(
      [one, two].map(async ({ buid }) => ((await keptOf(buid)).pin as { hash: string }).hash),
    );

    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[0]).not.toBe(hashes[1]);
    const plain = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("123456")));
    expect(hashes).not.toContain(Array.from(plain, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  });

  it("is the same for the same name, and counts once; another name is another PIN", async () => {
    const leadId = await strangerIn();
    const first = await openLink(leadId, "name");

    const again = await openLink(leadId, "name");
    for (let at = 0; at < 20; at += 1) await openLink(leadId, "name");
    const other = await openLink(leadId, "another name");

    expect(again).toEqual(first);
    expect([other.buid, other.pin === first.pin]).toEqual([first.buid, false]);
  });

  it("is given out ten times an hour to one BUID; it is told when the next may be", async () => {
    const leadId = await strangerIn();
    const links = linksFrom({ ...house, now: Date.now });
    const began = Date.now();
    const open = (once: string) => links.open({ botId: "1", leadId }, once);
    for (let at = 0; at < 10; at += 1) {
      expect(await open(`ten ${at}`)).toMatchObject({ kind: "opened" });
      pass(MINUTE);
    }

    expect(await open("ten 10")).toEqual({ kind: "too-many", until: began + 60 * MINUTE });
    expect(await open("ten 9")).toMatchObject({ kind: "opened" });
    pass(50 * MINUTE - 1);
    expect(await open("ten 11")).toMatchObject({ kind: "too-many" });
    pass(1);
    expect(await open("ten 12")).toMatchObject({ kind: "opened" });
    expect(await open("ten 13")).toEqual({ kind: "too-many", until: began + 61 * MINUTE });
  });

  it("that was held back leaves the one before good", async () => {
    const leadId = await chatOf(someone());
    for (let at = 0; at < 9; at += 1) await openLink(leadId);
    const { buid, pin } = await openLink(leadId);
    await expect(openLink(leadId)).rejects.toThrow("Too many");

    expect((await call("authorize", { buid, pin })).answer).toMatchObject({ status: "linked" });
  });
});
