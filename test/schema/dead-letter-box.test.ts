import { describe, expect, it } from "vitest";
import type { DeadLetter } from "../../contract/dead-letter.ts";
import {
  countLetters,
  findLetter,
  isLetterCursor,
  keepLetters,
  listLetters,
} from "../../schema/dead-letter-box.ts";
import { dismissLetter, markRedriven } from "../../schema/dead-letter-marks.ts";
import { accept, db } from "./setting.ts";

const delivery = (seq: number, botId = "1") =>
  ({
    kind: "delivery",
    botId,
    callId: "call",
    seq,
    reason: "refused",
    cause: "channel-refused: Bad Request",
  }) as const;

const message = (body: unknown): DeadLetter => ({
  kind: "message",
  queue: "beseda-records",
  body,
  reason: "broken-data",
  cause: null,
});

describe("the box of dead letters", () => {
  it("keeps what failed, a thing once however often it comes", async () => {
    await keepLetters(db, [delivery(1), delivery(2), delivery(1)], 1_000);
    await keepLetters(db, [{ ...delivery(1), reason: "other" }], 2_000);

    const { letters, next } = await listLetters(db, "1", null, 10);

    expect(letters.map(({ letter }) => letter)).toEqual(expect.arrayContaining([delivery(1), delivery(2)]));
    expect(letters).toHaveLength(2);
    expect(next).toBeNull();
    expect(await countLetters(db, "1")).toBe(2);
  });

  it("gives a queue's message to its bot, and those of none to nobody's", async () => {
    const [of, ofNone] = [message({ botId: "2", seq: 'a "b" \\' }), message(["odd", null])];
    await keepLetters(db, [of, ofNone, message(null)], 1_000);

    const both = (await listLetters(db, "2", null, 10)).letters;
    expect(both).toHaveLength(3);
    expect(both.filter(({ botId }) => botId !== null)).toMatchObject([{ botId: "2", letter: of }]);
    expect((await listLetters(db, "2", null, 10, ["post/new"])).letters).toEqual([]);
    expect((await listLetters(db, null, null, 10)).letters.map(({ letter }) => letter)).toEqual(
      expect.arrayContaining([ofNone, message(null)]),
    );
  });

  it("marks what was redriven, and has it anew where it fails again", async () => {
    await keepLetters(db, [delivery(1, "3")], 1_000);
    const [kept] = (await listLetters(db, "3", null, 10)).letters;
    const id = kept?.id ?? "";

    await markRedriven(db, id, 2_000);
    const redriven = [await findLetter(db, "3", id), await countLetters(db, "3")];
    await keepLetters(db, [{ ...delivery(1, "3"), reason: "again" }], 3_000);

    expect(redriven).toMatchObject([{ redrivenAt: new Date(2_000) }, 0]);
    expect(await findLetter(db, "3", id)).toMatchObject({
      letter: { reason: "again" },
      createdAt: new Date(3_000),
      redrivenAt: null,
    });
    expect(await findLetter(db, "1", id)).toBeNull();
  });

  it("is marked by one of those who redrive it at the same time", async () => {
    await keepLetters(db, [delivery(1, "6")], 1_000);
    const [kept] = (await listLetters(db, "6", null, 10)).letters;

    const marked = await Promise.all([1, 2, 3].map((at) => markRedriven(db, kept?.id ?? "", 2_000 + at)));

    expect(marked.filter((one) => one)).toHaveLength(1);
  });

  it("keeps what was put away, and does not count it; one that fails again lies there anew", async () => {
    await keepLetters(db, [delivery(1, "7"), delivery(2, "7")], 1_000);
    const [kept] = (await listLetters(db, "7", null, 10)).letters;
    const id = kept?.id ?? "";

    await dismissLetter(db, id, 2_000);
    await dismissLetter(db, id, 3_000);
    const away = [await findLetter(db, "7", id), await countLetters(db, "7")];
    await keepLetters(db, [delivery(1, "7"), delivery(2, "7")], 4_000);

    expect(away).toMatchObject([{ dismissedAt: new Date(2_000), redrivenAt: null }, 1]);
    expect(await findLetter(db, "7", id)).toMatchObject({ dismissedAt: null, createdAt: new Date(4_000) });
    expect(await countLetters(db, "7")).toBe(2);
  });

  it("counts no bot's letters for none, and for some aliases those of their calls alone", async () => {
    const { callId } = await accept([], { botId: "8", alias: "comment/new" });
    await keepLetters(db, [message("whose?"), delivery(1, "8"), { ...delivery(2, "8"), callId }], 1_000);

    expect(await countLetters(db, "8")).toBe(2);
    expect(await countLetters(db, "8", ["comment/new"])).toBe(1);
    expect(await countLetters(db, "8", [])).toBe(0);
  });

  it("is read in pages, those of no bot among the bot's own", async () => {
    const odd = Array.from({ length: 5 }, (_, at) => message(["odd", at]));
    for (const [at, letter] of odd.entries()) await keepLetters(db, [letter, delivery(at, "9")], 50_000 + at);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await listLetters(db, "9", cursor, 3);
      seen.push(...page.letters.map(({ createdAt }) => createdAt.getTime()));
      cursor = page.next;
    } while (cursor !== null && seen.length < 10);

    expect(seen.slice(0, 10)).toEqual([4, 4, 3, 3, 2, 2, 1, 1, 0, 0].map((at) => 50_000 + at));
  });

  it("is read in pages, each letter once", async () => {
    await keepLetters(
      db,
      Array.from({ length: 25 }, (_, seq) => delivery(seq, "4")),
      1_000,
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listLetters(db, "4", cursor, 10);
      seen.push(...page.letters.filter(({ botId }) => botId === "4").map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && isLetterCursor(cursor));

    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(isLetterCursor("1.x")).toBe(false);
  });

  it("takes as many great messages as come", async () => {
    const text = '"'.repeat(60_000);

    await keepLetters(
      db,
      Array.from({ length: 30 }, (_, at) => message({ botId: "5", text, at })),
      1_000,
    );

    expect(await countLetters(db, "5")).toBe(30);
  });
});
