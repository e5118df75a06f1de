import { beforeEach, describe, expect, it } from "vitest";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  keptOf,
  notThe,
  openLink,
  pinOf,
  someone,
  strangerIn,
  tokenFor,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  await demo(new Network());
});

const ROUNDS = 5;
const AT_ONCE = 20;

/** A token that has brought no wrong PIN yet: of those it has only so many an hour. */
const freshToken = async () => (await tokenFor(["*"])).headers;

const many = <T>(count: number, one: (at: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => one(at)));

/** How often each word was answered. */
function counted(words: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[String(word)] = (counts[String(word)] ?? 0) + 1;
  return counts;
}

describe("many at the same moment", () => {
  it("who have the right PIN: one of them is let in", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { buid, pin } = await openLink(await chatOf(someone()));
      const token = await freshToken();

      const answers = await many(AT_ONCE, () => call("authorize", { buid, pin }, token));

      expect(counted(answers.map(({ answer }) => answer.status ?? answer.errorCode))).toEqual({
        linked: 1,
        "pin-used": AT_ONCE - 1,
      });
    }
  });

  it("who have the right PIN and are each signed in on the site: the chat is that one's who was let in", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const leadId = await strangerIn();
      const { buid, pin } = await openLink(leadId);
      const token = await freshToken();

      const answers = await many(AT_ONCE, () => call("authorize", { buid, pin, userId: someone() }, token));

      expect(counted(answers.map(({ answer }) => answer.status ?? answer.errorCode))).toEqual({
        linked: 1,
        "pin-used": AT_ONCE - 1,
      });
      const linked = answers.filter(({ answer }) => answer.status === "linked");
      expect(await userIn(leadId)).toBe(linked[0]?.answer.userId);
    }
  });

  it("who link after one right PIN: one of them does", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const leadId = await strangerIn();
      const { buid, pin } = await openLink(leadId);
      await call("authorize", { buid, pin });

      const answers = await many(AT_ONCE, () => call("link", { buid, userId: someone(), relink: true }));

      expect(counted(answers.map(({ answer }) => answer.status ?? answer.errorCode))).toEqual({
        linked: 1,
        "not-verified": AT_ONCE - 1,
      });
      const linked = answers.filter(({ answer }) => answer.status === "linked");
      expect(await userIn(leadId)).toBe(linked[0]?.answer.userId);
    }
  });

  it("who repeat one request under one key: it is done once", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const userId = someone();
      const { buid, pin } = await openLink(await strangerIn());
      const headers = { "Idempotency-Key": crypto.randomUUID() };

      const answers = await many(AT_ONCE, () => call("authorize", { buid, pin, userId }, headers));

      const others = answers.filter(({ answer }) => answer.status !== "linked");
      expect(others.length).toBeLessThan(AT_ONCE);
      expect(others.map(({ answer }) => answer.errorCode)).toEqual(others.map(() => 409));
    }
  });

  it.each([4, 5, 12])("%i who guess and one who knows: never more than five guesses count", async (wrong) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { buid, pin } = await openLink(await chatOf(someone()));
      const knows = round * 3;
      const token = await freshToken();

      const answers = await many(wrong + 1, (at) =>
        call("authorize", { buid, pin: at === Math.min(knows, wrong) ? pin : notThe(pin, at + 1) }, token),
      );

      const left = answers.flatMap(({ answer }) => answer.attemptsLeft ?? []);
      expect(left.toSorted()).toEqual([4, 3, 2, 1].slice(0, left.length).toSorted());
      const isIn = answers.some(({ answer }) => answer.success === true);
      const { attemptsLeft, usedBy } = (await keptOf(buid)).pin as { attemptsLeft: number; usedBy: unknown };
      expect(attemptsLeft).toBe(isIn ? 5 - left.length : 0);
      expect(usedBy !== null).toBe(isIn);
    }
  });

  it("who guess at an object by itself, a hundred: five of them count, and the right one among them at most once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { buid, pin } = await openLink(await chatOf(someone()));

      const tried = await many(100, (at) =>
        pinOf(buid).try(at % 7 === round % 7 ? pin : notThe(pin, at + 1), `${round}/${at}`),
      );

      const kinds = counted(tried.map(({ proof }) => proof.kind));
      expect(kinds.right ?? 0).toBeLessThanOrEqual(1);
      expect(kinds.wrong ?? 0).toBeLessThanOrEqual(4);
      expect((kinds.right ?? 0) + (kinds.burnt ?? 0)).toBeGreaterThan(0);
    }
  });
});
