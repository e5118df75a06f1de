import { describe, expect, it } from "vitest";
import { endpoints } from "../../../main-system/endpoints/endpoints.ts";
import { checkSystem } from "../../../scripts/main-system/check.ts";
import { checkCommandFrom } from "../../../scripts/main-system/check-command.ts";
import { Clock } from "../../kit/clock.ts";
import { json } from "../../main-system/system-server.ts";
import { exampleSystem, type Faults, TOKEN, told } from "./example-system.ts";

async function checked(faults: Faults, ...args: string[]) {
  const { url, seen } = await exampleSystem(faults);
  const clock = new Clock();
  const command = checkCommandFrom([`${url}/`, "--token", TOKEN, ...args], {});
  return { report: await checkSystem(command, clock.now), lines: seen.map(({ line }) => line) };
}

describe("npm run main-system:check", () => {
  it("finds a system that offers everything as it should be, and writes nothing unless told", async () => {
    const { report, lines } = await checked({});

    expect(report.isGood).toBe(true);
    expect(report.text).toContain("All that was tried of what must be there is as it should be.");
    expect(report.text).not.toMatch(/not tried|missing\b {2}|wrong {2}/);
    expect(lines.filter((line) => line.startsWith("POST"))).toEqual([]);
    expect(lines).toContain("GET /api/user?phone=79187777777");
    expect(lines).toContain("GET /api/user?email=address%40domain.ru");
  });

  it("tries every endpoint of the table, each write twice, where it is told to", async () => {
    const { report, lines } = await checked({}, "--writes");

    expect(report.isGood).toBe(true);
    expect(report.text).not.toContain("not tried");
    for (const { method, path } of Object.values(endpoints)) {
      const asked = new RegExp(`^${method} /api${path.replace(/\{\w+\}/g, "[^/]+")}(\\?|$)`);
      const times = lines.filter((line) => asked.test(line)).length;
      expect(times, `${method} ${path}`).toBeGreaterThanOrEqual(method === "POST" ? 2 : 1);
    }
  });

  it("says what is missing, and minds it where it must be there", async () => {
    const missing = { order: json(404, {}), registerUser: json(405, {}) };
    const reading = await checked(missing);
    expect(reading.report.isGood).toBe(true);
    expect(reading.report.text).toContain("Of what need not be there, 1 thing is missing or wrong.");

    const shop = await checked(missing, "--map", "shop");
    expect(shop.report.isGood).toBe(false);
    expect(told(shop.report.text, "GET /orders/504")).toMatch(/^missing .* → answered 404/);
    expect(shop.report.text).toContain("Of what must be there, 1 thing is missing or wrong.");
    expect(shop.lines.filter((line) => /posts?\b|request/.test(line))).toEqual([]);

    const writing = await checked(missing, "--writes");
    expect(writing.report.isGood).toBe(false);
    expect(told(writing.report.text, "POST /user ")).toMatch(/^missing .* → answered 405/);
    expect(told(writing.report.text, "POST /sites")).toMatch(/^not tried .* it needs a user/);
  });

  it("says where in the answer something is wrong", async () => {
    const [{ authorId: _, ...post }] = endpoints.news.example.answer.posts;
    const user = { ...endpoints.user.example.answer, isActive: "yes", role: undefined, userId: "" };
    const { report } = await checked({
      news: json(200, { posts: [post] }),
      user: json(200, user),
      order: (response) => response.end("<html>"),
    });

    expect(told(report.text, "GET /posts")).toMatch(/^wrong shape .* → posts\[0\]\.authorId is missing$/);
    expect(told(report.text, "GET /user?userId=127 (")).toContain(
      "isActive is wrong: Invalid input: expected",
    );
    expect(told(report.text, "GET /user?userId=127 (")).toContain("role is missing");
    expect(told(report.text, "GET /user?userId=127 (")).toContain("userId is wrong: Expected a string of 1");
    expect(told(report.text, "GET /orders/504")).toContain("the answer is no JSON");
    expect(report.isGood).toBe(false);
  });

  it.each([
    ["a refused token", { user: json(403, {}) }, "GET /user?userId=127 (", /^unauthorised .* answered 403/],
    ["a failure", { post: json(500, { error: "x" }) }, "GET /post/3", /^failed .* answered 500: {"error"/],
    [
      "a cut connection",
      { cart: (response) => response.destroy() },
      "GET /cart/127",
      /^failed .* not answer/,
    ],
    [
      "another's data",
      { order: json(200, endpoints.order.example.answer) },
      "GET /orders/7",
      /^wrong .* 504 /,
    ],
    ["an empty cart", { cart: json(404, {}) }, "GET /cart/127", /^not tried .* the cart is empty/],
  ] satisfies [string, Faults, string, RegExp][])("tells of %s", async (_name, faults, title, said) => {
    const order = title.includes("orders/7") ? ["--order", "7"] : [];

    const { report } = await checked(faults, ...order);

    expect(told(report.text, title)).toMatch(said);
  });
});
