import { describe, expect, it } from "vitest";
import { answerCache, SHARED_MS } from "../../main-system/answer-cache.ts";
import type { SystemSettings } from "../../main-system/asker.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import { mainSystem } from "../../main-system/main-system.ts";
import { Clock } from "../kit/clock.ts";
import { type Answering, json, systemServer } from "./system-server.ts";

const post = endpoints.post.example.answer;

async function sharedSystem(answer: Answering = json(200, post)) {
  const clock = new Clock();
  const { url, seen } = await systemServer(answer);
  const cache = answerCache(clock.now);
  const as = (settings: Partial<SystemSettings> = {}) =>
    mainSystem({ url, token: "secret", cache, ...settings });
  return { clock, as, system: as(), lines: () => seen.map(({ line }) => line) };
}

describe("a post that goes to many", () => {
  it("is fetched once by those who ask at the same time, and again when its time is over", async () => {
    const { clock, as, lines } = await sharedSystem();

    const posts = await Promise.all([1, 2, 3].map(() => as().post("3")));
    clock.move(SHARED_MS - 1);
    posts.push(await as().post("3"));
    expect(posts.map((one) => one?.text)).toEqual(Array(4).fill(post.text));
    expect(lines()).toEqual(["GET /api/post/3"]);

    clock.move(1);
    await as().post("3");
    expect(lines()).toHaveLength(2);
  });

  it("is fetched anew for another post, under another token, and by who wants it fresh", async () => {
    const { as, system, lines } = await sharedSystem();
    await system.post("3");

    await system.post("4");
    await as({ token: "another" }).post("3");
    await as({ fresh: true }).post("3");

    expect(lines()).toEqual(["3", "4", "3", "3"].map((id) => `GET /api/post/${id}`));
  });

  it("is shared as whoever wanted it fresh has found it", async () => {
    let version = 0;
    const { as, system, lines } = await sharedSystem((response) => {
      version += 1;
      json(200, { ...post, text: `version ${version}` })(response);
    });

    const texts = [await system.post("3"), await as({ fresh: true }).post("3"), await system.post("3")];

    expect(texts.map((one) => one?.text)).toEqual(["version 1", "version 2", "version 2"]);
    expect(lines()).toHaveLength(2);
  });

  it.each([
    ["taken", 200],
    ["refused", 422],
  ])("is fetched anew after a write that was %s", async (_name, status) => {
    const { as, system, lines } = await sharedSystem((response, { line }) =>
      json(line.startsWith("POST") ? status : 200, { ...post, commentId: 1 })(response),
    );
    await system.post("3");

    const comment = { postId: "3", authorId: "127", text: "hi" };
    await as({ fresh: true })
      .addComment(comment, "key")
      .catch(() => null);
    await system.post("3");

    expect(lines()).toEqual(["GET /api/post/3", "POST /api/post/3/comments", "GET /api/post/3"]);
  });

  it("is fetched anew where a write overtook the answer", async () => {
    const gate = Promise.withResolvers<void>();
    const { system, lines } = await sharedSystem(async (response, { line }) => {
      if (line.startsWith("GET")) await gate.promise;
      json(200, post)(response);
    });

    const early = system.post("3");
    await expect.poll(lines).toEqual(["GET /api/post/3"]);
    await system.connectBot("127", "key");
    gate.resolve();
    await early;
    await system.post("3");

    expect(lines().filter((line) => line.startsWith("GET"))).toHaveLength(2);
  });

  it("that is not there, or cannot be had, is asked for again", async () => {
    const { system, lines } = await sharedSystem((response, _seen, nth) => {
      if (nth === 1) json(404, {})(response);
      else json(nth === 2 ? 403 : 200, post)(response);
    });

    expect(await system.post("3")).toBeNull();
    await expect(system.post("3")).rejects.toMatchObject({ code: "system-refused" });
    expect(await system.post("3")).toMatchObject({ postId: "3" });
    expect(lines()).toHaveLength(3);
  });
});

it("what a dialog decides upon is asked for each time", async () => {
  const { system, lines } = await sharedSystem(json(404, {}));
  const asks = () => [
    ...[system.user({ userId: "1" }), system.news("1", 0), system.tasks("1")],
    ...[system.order("1"), system.cart("1"), system.request("1")],
  ];

  await Promise.all([...asks(), ...asks()]);

  expect(lines()).toHaveLength(12);
});
