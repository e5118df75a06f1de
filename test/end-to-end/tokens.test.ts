import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askJson } from "../world/json.ts";
import { addSecondBot, issueToken, revokeToken, type TokenPlan } from "../world/tokens.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let second: string;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  await addSecondBot(world.worker);
  second = `${world.worker.url}/api/v1/bots/2`;
});
afterAll(() => world?.close());

const GOOD = { postId: 1, authorId: 3, userIds: [127] };

/** The status of a call with a new token. */
async function statusWith(plan: TokenPlan, alias = "post/new", base?: string): Promise<number> {
  const token = await issueToken(world.worker, plan);
  return (await world.api.call(alias, GOOD, { token, ...(base === undefined ? {} : { base }) })).status;
}

describe("a token", () => {
  it("is good for its bots alone", async () => {
    expect(await statusWith({ bots: ["1"] })).toBe(200);
    expect(await statusWith({ bots: ["1"] }, "post/new", second)).toBe(403);
    expect(await statusWith({ bots: ["1", "2"] }, "post/new", second)).toBe(200);
    expect(await statusWith({ bots: [] })).toBe(403);
  });

  it("of exactly one bot needs not name it; one of several has to", async () => {
    const short = world.worker.url;

    expect(await statusWith({ bots: ["1"] }, "post/new", short)).toBe(200);
    expect(await statusWith({ bots: ["1", "2"] }, "post/new", short)).toBe(403);
    expect(await statusWith({ bots: ["gone"] }, "post/new", short)).toBe(403);
  });

  it("may call the aliases of its patterns alone", async () => {
    expect(await statusWith({ aliases: ["post/*"] })).toBe(200);
    expect(await statusWith({ aliases: ["post/new"] })).toBe(200);
    expect(await statusWith({ aliases: ["comment/*"] })).toBe(403);
    expect(await statusWith({ aliases: ["comment/*", "post/*"] })).toBe(200);
    expect(await statusWith({ aliases: ["post"] })).toBe(403);
    expect(await statusWith({ aliases: ["post/n"] })).toBe(403);
    expect(await statusWith({ aliases: [] })).toBe(403);
  });

  it("without the right to an alias is refused before the body is looked at, with no more than a message", async () => {
    const token = await issueToken(world.worker, { aliases: ["comment/*"] });

    const { status, body } = await world.api.send("post/new", "no JSON", { token });

    expect([status, body]).toEqual([403, { success: false, message: "Нет прав для выполнения запроса" }]);
  });

  it("is good no more once it has expired or was revoked, at once", async () => {
    const token = await issueToken(world.worker);
    expect((await world.api.call("post/new", GOOD, { token })).status).toBe(200);

    await revokeToken(world.worker, token);

    expect((await world.api.call("post/new", GOOD, { token })).status).toBe(401);
    expect(await statusWith({ expiresAt: Date.now() - 1 })).toBe(401);
    expect(await statusWith({ expiresAt: Date.now() + 60_000 })).toBe(200);
  });

  it("lives beside a second one, so that one can be changed for the other", async () => {
    const [old, fresh] = await Promise.all([issueToken(world.worker), issueToken(world.worker)]);

    expect((await world.api.call("post/new", GOOD, { token: old })).status).toBe(200);
    await revokeToken(world.worker, old);
    expect((await world.api.call("post/new", GOOD, { token: fresh })).status).toBe(200);
  });

  it("shows no report of a call that it could not have made, nor one of another bot", async () => {
    const { callId } = await world.api.accepted("post/new", GOOD);
    const both = await issueToken(world.worker, { bots: ["1", "2"] });
    const comments = await issueToken(world.worker, { aliases: ["comment/*"] });
    const ask = (base: string, token: string) =>
      askJson(`${base}/calls/${callId}`, { headers: { Authorization: `Bearer ${token}` } });

    const [right, otherBot, otherAlias] = await Promise.all([
      ask(world.api.bot, both),
      ask(second, both),
      ask(world.api.bot, comments),
    ]);

    expect(right.body.success).toBe(true);
    expect([otherBot.status, otherBot.body.errorCode]).toEqual([200, "call-not-found"]);
    expect([otherAlias.status, otherAlias.body.errorCode]).toEqual([200, "call-not-found"]);
  });

  it("of a bot whose language is English is answered in English", async () => {
    const token = await issueToken(world.worker, { bots: ["2"] });
    const call = (params: object) => world.api.call("post/new", params, { token, base: second });

    expect((await call({ ...GOOD, postId: 404404 })).body.message).toBe("Post not found");
    expect((await call({})).body.message).toBe("Validation error");
  });

  it("is stamped with its last use", async () => {
    const token = await issueToken(world.worker, { bots: ["1"] });
    await world.api.call("post/new", GOOD, { token });

    const db = await world.worker.database();
    const stamped = await db
      .prepare("SELECT count(*) AS n FROM api_tokens WHERE last_used_at > ?")
      .bind(Date.now() - 60_000)
      .first<number>("n");

    expect(stamped).toBeGreaterThan(0);
  });
});
