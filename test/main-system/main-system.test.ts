import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { mainSystem } from "../../main-system/main-system.ts";
import { type Answering, json, systemServer } from "./system-server.ts";

async function systemThat(answer: Answering) {
  const { url, seen } = await systemServer(answer);
  return { system: mainSystem({ url, token: "secret" }), seen };
}

const pushkin = {
  ...{
    userId: 127,
    surname: "Пушкин",
    name: "Александр",
    patronymic: "Сергеевич",
    role: "user",
    isActive: true,
  },
  ...{ phone: "79187777777", email: "address@domain.ru", location: { city: "Ставрополь" }, more: "ignored" },
};

describe("the main system", () => {
  it("is asked for a user by phone, as digits, and answers in our names", async () => {
    const { system, seen } = await systemThat(json(200, pushkin));

    const user = await system.user({ phone: "+79187777777" });

    expect(seen).toMatchObject([{ line: "GET /api/user?phone=79187777777", token: "Bearer secret" }]);
    expect(user).toEqual({
      ...{ userId: "127", firstName: "Александр", lastName: "Пушкин", patronymic: "Сергеевич", role: "user" },
      ...{
        active: true,
        phone: "+79187777777",
        email: "address@domain.ru",
        location: { country: "", region: "", city: "Ставрополь" },
      },
    });
  });

  it("may know no such user, and may leave out what it does not know", async () => {
    const none = await systemThat(json(404, { error: "user-not-found" }));
    expect(await none.system.user({ userId: "1" })).toBeNull();

    const sparse = await systemThat(
      json(200, { userId: "u-1", role: "user", isActive: true, surname: null }),
    );
    expect(await sparse.system.user({ email: "a@b.c" })).toMatchObject({
      userId: "u-1",
      lastName: "",
      phone: "",
    });
  });

  it("may write a phone as a number, leave out parts of a place, and have no picture", async () => {
    const written = { ...pushkin, phone: 79187777777, location: { country: "Россия", city: null } };
    const user = await systemThat(json(200, written));
    expect(await user.system.user({ userId: "127" })).toMatchObject({
      phone: "+79187777777",
      location: { country: "Россия", region: "", city: "" },
    });

    const post = { postId: 1, authorId: 3, authorName: "Н", text: "т", imageUrl: "", url: "http://s.test/1" };
    const { system } = await systemThat(json(200, post));
    expect(await system.post("1")).toMatchObject({ postId: "1", picture: null });
  });

  it("is told of a new user in the names it takes", async () => {
    const { system, seen } = await systemThat(json(200, { userId: 1177 }));
    const user = {
      firstName: "А",
      lastName: "Б",
      patronymic: "В",
      role: "user",
      phone: "+79180000001",
      email: "",
      location: {},
    };

    expect(await system.registerUser(user, "key-1")).toEqual({ userId: "1177" });

    expect(seen[0]).toMatchObject({ line: "POST /api/user", key: "key-1" });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      ...{ firstname: "А", lastname: "Б", middlename: "В", role: "user", phone: "79180000001", location: {} },
    });
  });

  it("is asked once more where it fails, a write with the same key", async () => {
    const { system, seen } = await systemThat((response, _seen, nth) =>
      nth === 1 ? json(503, {})(response) : json(200, { commentId: 5 })(response),
    );

    expect(await system.addComment({ postId: "1/../2", authorId: "127", text: "hi" }, "key-2")).toEqual({
      commentId: "5",
    });

    expect(seen.map(({ line, key }) => [line, key])).toEqual([
      ["POST /api/post/1%2F..%2F2/comments", "key-2"],
      ["POST /api/post/1%2F..%2F2/comments", "key-2"],
    ]);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ authorId: 127, text: "hi" });
  });

  it.each([
    ["is out of order", json(500, {})],
    ["is busy", json(429, {})],
    ["does not know the token for now", json(401, {})],
    ["answers no JSON", (response: ServerResponse) => response.end("<html>")],
    ["answers another shape", json(200, { userId: [] })],
    ["cuts the connection", (response: ServerResponse) => response.socket?.destroy()],
    ["answers far too much", (response: ServerResponse) => response.end(`"${"x".repeat(2 * 1024 * 1024)}"`)],
  ])("that %s is unavailable", async (_name, answer) => {
    const { system } = await systemThat(answer);

    await expect(system.user({ userId: "1" })).rejects.toMatchObject({ code: "system-unavailable" });
  });

  it("that refuses is not asked again", async () => {
    const { system, seen } = await systemThat(json(409, { error: "user-exists" }));

    await expect(system.connectBot("1", "key")).rejects.toMatchObject({
      code: "system-refused",
      status: 409,
    });
    expect(seen).toHaveLength(1);
  });
});
