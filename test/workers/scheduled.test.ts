import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { StorageDown } from "../../contract/errors.ts";
import { database } from "../../schema/database.ts";
import { idempotencyKeys } from "../../schema/idempotency-keys.ts";
import { type House, houseFrom } from "../../workers/house.ts";
import { doChores } from "../../workers/scheduled.ts";

const house = houseFrom(env);
const db = database(env.DB);

/** A house in which some things are not as usual, and what it has logged. */
function houseWith(change: Partial<House>) {
  const log = vi.fn<House["log"]>();
  return { log, house: { ...house, log, ...change } };
}

/** A key that is long too old. */
async function oldKey(): Promise<void> {
  const then = new Date(0);
  const row = { tokenId: "t", botId: "1", key: "old", bodyHash: "", callId: "c" };
  await db
    .insert(idempotencyKeys)
    .values({ ...row, createdAt: then, runningSince: then })
    .onConflictDoNothing();
}

describe("the chores of the house", () => {
  it("throw old keys away though another chore fails, and say which did", async () => {
    await oldKey();
    const unfinished = () => Promise.reject(new StorageDown("The ledger is out of reach"));
    const broken = houseWith({ ledger: { ...house.ledger, unfinished } });

    await doChores(broken.house);

    expect(await db.select().from(idempotencyKeys)).toEqual([]);
    expect(broken.log.mock.calls).toEqual([
      ["chore-failed", { chore: "start-unfinished", code: "storage-down", detail: expect.any(String) }],
    ]);
  });

  it("start the calls that were never started, though one of them can't be", async () => {
    const started: string[] = [];
    const unfinished = async () => ["a", "b", "c"].map((callId) => ({ callId, botId: "1" }));
    const start = async ({ callId }: { callId: string }) => {
      if (callId === "b") throw new Error("Out of reach");
      started.push(callId);
    };
    const one = houseWith({
      ledger: { ...house.ledger, unfinished },
      broadcast: () => ({ start }) as unknown as ReturnType<House["broadcast"]>,
    });

    await doChores(one.house);

    expect(started).toEqual(["a", "c"]);
    expect(one.log).toHaveBeenCalledExactlyOnceWith(
      "call-not-started",
      expect.objectContaining({ callId: "b" }),
    );
  });
});
