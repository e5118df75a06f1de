import { describe, expect, it } from "vitest";
import { checkSystem } from "../../../scripts/main-system/check.ts";
import { checkCommandFrom } from "../../../scripts/main-system/check-command.ts";
import { Clock } from "../../kit/clock.ts";
import { json } from "../../main-system/system-server.ts";
import { exampleSystem, TOKEN, told } from "./example-system.ts";

const check = (url: string, clock = new Clock(), ...args: string[]) =>
  checkSystem(checkCommandFrom([url, "--token", TOKEN, ...args], {}), clock.now);

describe("a main system", () => {
  it("must refuse a token that it never gave", async () => {
    const { url } = await exampleSystem({}, { aboutTokens: true });

    const { text, isGood } = await check(url);

    expect(told(text, "with a wrong token")).toMatch(/^wrong .* answered 200 to a wrong token; 401/);
    expect(isGood).toBe(false);
  });

  it("must say 404 of what it does not have", async () => {
    const { url } = await exampleSystem({}, { aboutIds: true });

    const { text, isGood } = await check(url);

    expect(told(text, "GET /user?phone=70000000000")).toMatch(
      /^wrong .* answered 200 .* 404 is what says so/,
    );
    expect(told(text, "GET /post/999999999")).toMatch(/^wrong/);
    expect(told(text, "GET /orders/999999999")).toMatch(/^wrong/);
    expect(told(text, "GET /requests/999999999")).toMatch(/^wrong/);
    expect(isGood).toBe(false);
  });

  it("must answer within the time that the bot waits", async () => {
    const clock = new Clock();
    const { url } = await exampleSystem({
      user: (response) => {
        clock.move(4_100);
        json(200, { userId: 127, role: "user", isActive: true })(response);
      },
    });

    const { text, isGood } = await check(url, clock);

    expect(told(text, "GET /user?userId=127 (")).toMatch(/^slow .* took 4\.1 s; the bot waits 4 s$/);
    expect(text).toMatch(/not tried +GET \/user\n +→ by email: user 127 has no email/);
    expect(isGood).toBe(false);
  });

  it("must do a write once for each key", async () => {
    const { url } = await exampleSystem({
      addComment: (response, _seen, nth) => json(200, { commentId: nth })(response),
    });

    const { text } = await check(url, new Clock(), "--writes");

    expect(told(text, "POST /post/3/comments")).toMatch(
      /^wrong .* the same Idempotency-Key was answered anew/,
    );
    expect(told(text, "POST /sites")).toMatch(/^ok/);
  });
});
