import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRefusal } from "../../contract/refusal.ts";
import { database } from "../../schema/database.ts";
import type { House } from "../../workers/house.ts";
import { authorize } from "../../workers/linking/authorize.ts";
import { call, demo } from "./demo.ts";
import {
  ask,
  chatOf,
  house,
  keptOf,
  MINUTE,
  methodOf,
  notThe,
  openLink,
  pass,
  pinOf,
  someone,
  strangerIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await demo(new Network());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

let unknown = 0;

/** A BUID that there never was. */
function noBuid(): string {
  unknown += 1;
  return `nobody${String(unknown).padStart(10, "0")}`;
}

/** All that the one who asks is told. */
async function toldOf(params: object) {
  const { response, answer } = await call("authorize", params);
  return { status: response.status, headers: [...response.headers], answer };
}

describe("a BUID that there never was", () => {
  it("is answered as a wrong PIN is: each of six tries, and whenever it is tried again", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const pairs = [
      { buid, pin: notThe(pin) },
      { buid: noBuid(), pin: notThe(pin) },
    ] as const;
    const times = [0, 0, 0, 0, 0, 0, 10 * MINUTE, 49 * MINUTE, MINUTE, 0, 0, 10 * MINUTE];

    const codes: unknown[] = [];
    for (const time of times) {
      pass(time);
      const [real, none] = await Promise.all(pairs.map(toldOf));
      expect(none).toEqual(real);
      codes.push(real?.answer.attemptsLeft ?? real?.answer.errorCode);
    }
    expect(codes).toEqual([
      ...[4, 3, 2, 1, "pin-burnt", "pin-burnt", "pin-burnt", "pin-burnt"],
      ...[4, 3, 2, "pin-expired"],
    ]);
  });

  it("is answered likewise where the PIN was tried only once before its time was over", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const pairs = [
      { buid, pin: notThe(pin) },
      { buid: noBuid(), pin: notThe(pin) },
    ] as const;

    for (const [time, told] of [
      [0, "pin-wrong"],
      [10 * MINUTE - 1, "pin-wrong"],
      [1, "pin-expired"],
      [50 * MINUTE - 1, "pin-expired"],
      [1, "pin-wrong"],
    ] as const) {
      pass(time);
      const [real, none] = await Promise.all(pairs.map(toldOf));
      expect(none).toEqual(real);
      expect(real?.answer.errorCode).toBe(told);
    }
  });

  it("is answered likewise to one who asks for a link, and to one who names a user", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const userId = someone();

    const [real, none] = await Promise.all(
      [buid, noBuid()].map((one) => toldOf({ buid: one, pin: notThe(pin), userId })),
    );
    const linked = await Promise.all([buid, noBuid()].map((one) => call("link", { buid: one, userId })));

    expect(none).toEqual(real);
    expect(linked[0]?.answer).toEqual(linked[1]?.answer);
  });

  it("is kept in the shape of a real one: the same names, and an alarm", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const nobody = noBuid();
    for (const one of [buid, nobody]) await call("authorize", { buid: one, pin: notThe(pin) });

    const shapes = await Promise.all(
      [buid, nobody].map(async (one) => {
        const kept = await keptOf(one);
        const alarm = await runInDurableObject(pinOf(one), (_, { storage }) => storage.getAlarm());
        return { names: Object.keys(kept), state: Object.keys(kept.pin as object).sort(), alarm };
      }),
    );

    expect(shapes[1]).toEqual(shapes[0]);
  });

  it("costs the database the very same, which is asked about nobody before a PIN is right", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const asked = async (params: object) => {
      const statements: string[] = [];
      const binding = {
        prepare: (text: string) => {
          statements.push(text);
          return env.DB.prepare(text);
        },
        batch: (list: D1PreparedStatement[]) => env.DB.batch(list),
      } as unknown as D1Database;
      const db = database(binding);
      await ask(authorize, params, { ...house, db, pause: async () => {} }, crypto.randomUUID());
      return statements;
    };

    const wrong = await asked({ buid, pin: notThe(pin) });
    const none = await asked({ buid: noBuid(), pin });
    const right = await asked({ buid, pin });

    expect(none).toEqual(wrong);
    expect(wrong.join()).not.toMatch(/persons|leads|web_users|link_tokens/);
    expect(right.join()).toMatch(/web_users/);
  });
});

describe("the time of an answer", () => {
  /** A house in which looking at a PIN takes so long; when it answers, from the beginning. */
  async function answeredAfter(params: object, costs: number): Promise<{ after: number; isNo: boolean }> {
    let clock = Date.now();
    const began = clock;
    const pin: House["pin"] = (name) =>
      new Proxy(house.pin(name), {
        get: (stub, method) => {
          if (method === "try") clock += costs;
          return methodOf(stub, method);
        },
      });
    const pause = async (ms: number) => {
      clock += ms;
    };
    const reply = await ask(
      authorize,
      params,
      { ...house, pin, pause, now: () => clock },
      crypto.randomUUID(),
    );
    return { after: clock - began, isNo: isRefusal(reply) };
  }

  it("is the same for each no, however long it took to find out", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const used = await openLink(await chatOf(someone()));
    await call("authorize", { buid: used.buid, pin: used.pin });

    const answers = await Promise.all([
      answeredAfter({ buid, pin: notThe(pin) }, 5),
      answeredAfter({ buid: noBuid(), pin }, 80),
      answeredAfter({ buid: noBuid(), pin }, 299),
      answeredAfter({ buid: used.buid, pin: used.pin }, 0),
    ]);

    expect(answers).toEqual(answers.map(() => ({ after: 300, isNo: true })));
  });

  it("is the same too for the right PIN of a BUID that is no more, and of somebody who is blocked", async () => {
    const gone = await openLink(await strangerIn());
    await call("unlink", { buid: gone.buid });
    const userId = someone();
    const blocked = await openLink(await chatOf(userId));
    await call("users/block", { userId, reason: "Спам" });

    const answers = await Promise.all([
      answeredAfter({ buid: gone.buid, pin: gone.pin }, 10),
      answeredAfter({ buid: blocked.buid, pin: blocked.pin }, 20),
    ]);

    expect(answers).toEqual(answers.map(() => ({ after: 300, isNo: true })));
  });

  it("is not held back where the PIN is right", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));

    expect(await answeredAfter({ buid, pin }, 5)).toEqual({ after: 5, isNo: false });
  });
});
