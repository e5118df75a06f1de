import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../world/person.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  anna = await world.person(1707);
  await anna.signIn();
});
afterAll(() => world?.close());

const GOOD = { postId: 1, authorId: 3, userIds: [127] };
const MIB = 1024 * 1024;

/** The message of the one problem that a body has. */
async function problemOf(body: string): Promise<unknown> {
  const { status, body: answer } = await world.api.send("post/new", body);
  expect(status).toBe(200);
  expect(answer).toMatchObject({ success: false, errorCode: 422, message: "Ошибка валидации" });
  return (answer.errors as { message: string }[])[0]?.message;
}

describe("the ids of a call", () => {
  it("may be integers and strings, mixed and twice: each user counts once and is told once", async () => {
    const postId = await world.site.post("Одному человеку один раз");
    const userIds = [1707, "1707", " 1707 ", 1707, "unknown", "unknown", 5, "007", "9007199254740993"];

    const { callId, recipients } = await world.api.accepted("post/new", { ...GOOD, postId, userIds });
    const report = await world.api.untilFinished(callId);

    expect(recipients).toEqual({ total: 5, queued: 1, paused: 0, unlinked: 4, blocked: 0 });
    // Integers come back as integers where a program can hold them; whatever else stays as it was written.
    expect(report.recipients.map(({ userId }) => userId)).toEqual([
      1707,
      "unknown",
      5,
      "007",
      "9007199254740993",
    ]);
    await anna.settle();
    expect(await anna.count("Одному человеку один раз")).toBe(1);
  });

  it("may be written as text in every place of an id", async () => {
    const postId = String(await world.site.post("Всё текстом"));

    await world.api.accepted("post/new", { postId, authorId: "3", userIds: ["1707"] });

    await anna.sees("Всё текстом");
  });

  it("may be 100,000: counted right, in bounded time, and those who are there get it", async () => {
    const postId = await world.site.post("Сто тысяч адресатов");
    const userIds = Array.from({ length: 100_000 }, (_, at) => at + 1);
    const began = Date.now();

    const { recipients } = await world.api.accepted("post/new", { ...GOOD, postId, userIds });
    const took = Date.now() - began;

    expect(recipients).toEqual({ total: 100_000, queued: 1, paused: 0, unlinked: 99_999, blocked: 0 });
    expect(took).toBeLessThan(10_000);
    await anna.sees("Сто тысяч адресатов");
  });

  it("may not be more than that, nor none, nor longer than any id is", async () => {
    const tooMany = Array.from({ length: 100_001 }, (_, at) => at + 1);

    for (const userIds of [tooMany, [], [""], ["  "], ["x".repeat(129)], [1.5], [null], [true], 127]) {
      const { body } = await world.api.call("post/new", { ...GOOD, userIds });
      expect(body).toMatchObject({ success: false, errorCode: 422 });
    }
  });
});

describe("the body of a call", () => {
  it("must be JSON", async () => {
    for (const body of [
      "",
      "{",
      "script_request_params=1",
      "{'a':1}",
      '{"script_request_params":{}}}',
      "\u0000",
    ])
      expect(await problemOf(body)).toBe("Тело запроса — не JSON");
  });

  it("must have its parameters in script_request_params, whatever stands beside that", async () => {
    for (const body of [
      "null",
      "[]",
      "7",
      '"text"',
      "{}",
      '{"script_request_params":null}',
      JSON.stringify(GOOD),
    ])
      expect(await problemOf(body)).toEqual(expect.any(String));

    const more = { script_request_params: GOOD, other: { anything: [1, 2, 3] }, token: "x" };
    expect((await world.api.send("post/new", JSON.stringify(more))).body.success).toBe(true);
  });

  it("must have no parameter that is not known, so that a misspelt one is told", async () => {
    const { body } = await world.api.call("post/new", { ...GOOD, userIDs: [1] });

    expect(body).toMatchObject({ success: false, errorCode: 422 });
    expect(JSON.stringify(body.errors)).toContain("userIDs");
  });

  it("must have parameters of their own types", async () => {
    const wrong = [
      { postId: {} },
      { postId: null },
      { postId: true },
      { authorId: [] },
      { userIds: "127" },
      { userIds: {} },
    ];

    for (const change of wrong) {
      const { status, body } = await world.api.call("post/new", { ...GOOD, ...change });
      expect([status, body.errorCode]).toEqual([200, 422]);
    }
  });

  it("may have names that mean something to JavaScript, and they mean nothing", async () => {
    const tricks = '{"script_request_params":{"postId":1,"authorId":3,"userIds":[5],"__proto__":{"x":1}}}';

    expect((await world.api.send("post/new", tricks)).body.errorCode).toBe(422);
    expect((await world.api.call("post/new", { constructor: 1, toString: 2 })).body.errorCode).toBe(422);
  });

  it("may be 4 MiB and no byte more", async () => {
    const filled = (bytes: number) => {
      const [start = "", end = ""] = JSON.stringify({ script_request_params: GOOD, filler: "#" }).split("#");
      return start + "x".repeat(bytes - start.length - end.length) + end;
    };

    expect((await world.api.send("post/new", filled(4 * MIB))).body.success).toBe(true);
    expect(await problemOf(filled(4 * MIB + 1))).toBe("Тело запроса больше 4 МиБ");
    expect(await problemOf(filled(20 * MIB))).toBe("Тело запроса больше 4 МиБ");
  });

  it("may not nest deeply, in bounded time however deep", async () => {
    const nested = (depth: number) =>
      `{"script_request_params":${JSON.stringify(GOOD)},"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    const began = Date.now();

    for (const depth of [32, 1000, 2_000_000])
      expect(await problemOf(nested(depth))).toBe("Слишком большая вложенность");

    expect(Date.now() - began).toBeLessThan(10_000);
    expect((await world.api.send("post/new", nested(10))).body.success).toBe(true);
    const brackets = JSON.stringify({ script_request_params: GOOD, x: "[".repeat(1000) });
    expect((await world.api.send("post/new", brackets)).body.success).toBe(true);
  });

  it("is refused clearly where a text is far too long", async () => {
    const params = { ...GOOD, comment: "ы".repeat(MIB) };

    const { status, body } = await world.api.call("comment/new", params);

    expect([status, body.errorCode]).toEqual([200, 422]);
  });
});
