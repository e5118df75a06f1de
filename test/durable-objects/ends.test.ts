import { runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { demo } from "../workers/demo.ts";
import { Network, telegramRefuses } from "../workers/network.ts";
import { broadcastOf, isForgotten, newsOn, ringing, setClock } from "./broadcasts.ts";
import { queueOf } from "./queue-by-hand.ts";
import { eventually, ledgerOf, stateOf } from "./stage.ts";

const HOUR = 60 * 60_000;
let network: Network;

beforeAll(async () => {
  network = new Network();
  await demo(network);
});

describe("a call that waits for a chat", () => {
  it("ends at its own end, not when the chat would take the message", async () => {
    const { call, anna, stage } = await newsOn(51_000, 2, Date.now() + 2_000);
    network.answerers.unshift(({ body }) =>
      body.chat_id === anna ? telegramRefuses(429, "Too Many Requests", { retry_after: 3_600 }) : undefined,
    );

    await broadcastOf(call).start(call);
    await eventually(async () => (await stateOf(call)) === "finished");

    const ledger = await ledgerOf(call.callId);
    expect(stage.people.map((id) => ledger.get(id))).toEqual(["expired: not-sent", "sent"]);
  });
});

describe("a call whose end comes while thousands wait to be tried again", () => {
  it("ends soon: it is known that nothing has left of them", async () => {
    const end = Date.now() + HOUR;
    const { call } = await newsOn(51_010, 3_000, end);
    await broadcastOf(call).pause(call);
    await runInDurableObject(broadcastOf(call), (_, { storage }) => {
      for (let seq = 0; seq < 3_000; seq += 1) {
        storage.sql.exec(
          "INSERT INTO waiting (seq, recipient, at, has_left) VALUES (?, '{}', ?, 0)",
          seq,
          end,
        );
      }
    });
    const queue = await queueOf(call.callId);

    await setClock(call, () => end + 1);
    await ringing(call, () => isForgotten(call));

    expect(queue).toEqual([]);
    expect(await stateOf(call)).toBe("finished");
  }, 60_000);
});
