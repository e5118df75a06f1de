import { afterEach, expect, it, vi } from "vitest";
import { answerCache } from "../../main-system/answer-cache.ts";
import { Clock } from "../kit/clock.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("keeps so many answers, and lets the oldest go", async () => {
  const cache = answerCache(new Clock().now);
  const asked: string[] = [];
  const ask = (address: string) =>
    cache.shared("system", address, async () => {
      asked.push(address);
      return address;
    });
  for (let nth = 0; nth <= 200; nth += 1) await ask(`/post/${nth}`);
  asked.length = 0;

  await ask("/post/200");
  await ask("/post/1");
  await ask("/post/0");

  expect(asked).toEqual(["/post/0"]);
});

it("keeps no answer that is too large", async () => {
  const cache = answerCache(new Clock().now);
  let asked = 0;
  const ask = () =>
    cache.shared("system", "/post/1", async () => {
      asked += 1;
      return "x".repeat(40_000);
    });

  await ask();
  await ask();

  expect(asked).toBe(2);
});

it("lets nobody wait for ever for another's request, which the platform may have cut off", async () => {
  vi.useFakeTimers();
  const clock = new Clock();
  const cache = answerCache(clock.now);
  const cutOff = () => new Promise<string>(() => {});
  void cache.shared("system", "/post/1", cutOff);

  const second = cache.shared("system", "/post/1", cutOff);
  const failed = expect(second).rejects.toMatchObject({ code: "system-unavailable" });
  await vi.advanceTimersByTimeAsync(8_000);
  clock.move(8_000);

  await failed;
  expect(await cache.shared("system", "/post/1", async () => "now")).toBe("now");
});
