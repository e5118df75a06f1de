import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SystemUnavailable } from "../../contract/errors.ts";
import { callReport } from "../../schema/call-report.ts";
import { calls as callRows } from "../../schema/calls.ts";
import { database } from "../../schema/database.ts";
import { callsFrom } from "../../workers/dialog-calls.ts";
import { houseFrom } from "../../workers/house.ts";
import { insertCrowd } from "../world/crowd.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

const db = database(env.DB);
const calls = callsFrom(houseFrom(env));
let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

/** A call of a post to a user who has the bot. */
const postTo = (userId: number, callId: string) => ({
  callId,
  botId: "1",
  alias: "post/new",
  params: { postId: 1, authorId: 3, userIds: [userId] },
  sendAt: null,
});

const toldOf = (chat: number) => network.texts(chat).filter((text) => text.includes("Мы переезжаем!")).length;

describe("a call that a dialog makes", () => {
  it("is made as by the API, once for its id, and is marked as a dialog's", async () => {
    await insertCrowd(env.DB, "1", [870_001]);
    const asked = postTo(870_001, "dialog-1");

    expect([await calls.start(asked), await calls.start(asked)]).toEqual([null, null]);

    await vi.waitUntil(() => toldOf(870_001) === 1, { timeout: 10_000 });
    const rows = await db.select().from(callRows).where(eq(callRows.id, "dialog-1"));
    expect(rows).toMatchObject([{ tokenId: "dialog", alias: "post/new" }]);
    await vi.waitUntil(async () => (await callReport(db, "1", "dialog-1"))?.state === "finished", {
      timeout: 10_000,
    });
    await calls.start(asked);
    expect(toldOf(870_001)).toBe(1);
  });

  it("is there when it is asked for again, though the main system is silent by then", async () => {
    await insertCrowd(env.DB, "1", [870_006]);
    const asked = { ...postTo(870_006, "dialog-6"), sendAt: Date.now() + 3_600_000 };
    await calls.start(asked);

    const silent = async () => Promise.reject(new SystemUnavailable("silent"));
    const house = houseFrom(env);
    const later = callsFrom({
      ...house,
      system: async (bot) => ({ ...(await house.system(bot)), post: silent }),
    });

    expect(await later.start(asked)).toBeNull();
    expect(await later.start({ ...asked, callId: "dialog-7" })).toEqual({ refused: "system-unavailable" });
  });

  it("may be for later, and is found by its id", async () => {
    await insertCrowd(env.DB, "1", [870_002]);
    const sendAt = Date.now() + 3_600_000;

    await calls.start({ ...postTo(870_002, "dialog-2"), sendAt });

    expect(await calls.find("dialog-2")).toMatchObject({ alias: "post/new", sendAt, state: "scheduled" });
    expect(await calls.find("no such")).toBeNull();
  });

  it("for a time that is past is made at once", async () => {
    await insertCrowd(env.DB, "1", [870_003]);

    await calls.start({ ...postTo(870_003, "dialog-3"), sendAt: 1 });

    expect(await calls.find("dialog-3")).toMatchObject({ sendAt: null });
  });

  it("that can't be made says why", async () => {
    const unknown = { ...postTo(870_004, "dialog-4"), params: { postId: 404, authorId: 3, userIds: [1] } };

    expect(await calls.start(unknown)).toEqual({ refused: "post-not-found" });
    expect(await calls.find("dialog-4")).toBeNull();
  });

  it.each([
    ["of parameters that have not their shape", { params: { postId: 1 } }],
    ["of a communication that the bot has not", { alias: "gone/away" }],
    ["of a bot that is gone", { botId: "gone" }],
    [
      "that changes a user: its own chat might wait for itself",
      { alias: "users/delete", params: { userId: 1 } },
    ],
  ])("%s is a mistake in code", async (_name, change) => {
    const asked = { ...postTo(870_005, "dialog-5"), ...change };

    await expect(calls.start(asked)).rejects.toMatchObject({ code: "broken-data" });
  });
});
