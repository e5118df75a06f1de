import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { apiTokens, newToken } from "../../schema/api-tokens.ts";
import { database } from "../../schema/database.ts";
import { weightOf } from "../../workers/call/limit.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

const db = database(env.DB);
/** The clock stands still, so that no minute ends in between. */
beforeEach(async () => {
  await demo(new Network());
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const ids = (count: number) => Array.from({ length: count }, (_, at) => `nobody-${at}`);

/** Makes calls with a new token of this limit; the status of each, and how many calls they counted as. */
async function statusesWith(callsPerMinute: number, ...audiences: readonly object[]) {
  const { token, hash } = await newToken();
  const row = {
    id: hash,
    name: "n",
    hash,
    bots: ["1"],
    aliases: ["*"],
    createdAt: new Date(),
    callsPerMinute,
  };
  await db.insert(apiTokens).values(row);
  const statuses = [];
  for (const audience of audiences) {
    const params = { postId: 1, authorId: 3, ...audience };
    const response = await exports.default.fetch("http://bot.test/call/post/new", {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ script_request_params: params, dryRun: true }),
    });
    statuses.push(response.status);
  }
  const [kept] = await db.select().from(apiTokens).where(eq(apiTokens.id, hash));
  return { statuses, counted: kept?.callsInMinute };
}

describe("the weight of a call", () => {
  it("is one, and one more for each thousand ids; ten of a rule", () => {
    expect([1, 999, 1_000, 100_000].map((count) => weightOf({ userIds: ids(count) }))).toEqual([
      1, 1, 2, 101,
    ]);
    expect(weightOf({ rule: { linked: true } })).toBe(10);
  });

  it("counts against the token's limit, and what is too heavy is turned away", async () => {
    const [rule, few] = [{ audience: { linked: true } }, { userIds: ids(1) }];

    expect(await statusesWith(12, rule, { userIds: ids(2_500) }, few, few)).toEqual({
      statuses: [200, 429, 200, 429],
      counted: 12,
    });
  });

  it("of a call that weighs more than the whole limit takes a whole minute", async () => {
    const great = { userIds: ids(9_000) };

    expect(await statusesWith(3, great, { userIds: ids(1) })).toEqual({ statuses: [200, 429], counted: 3 });
  });
});
