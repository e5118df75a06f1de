import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  LEAD_NAME,
  MINUTE,
  notThe,
  openLink,
  pass,
  personIn,
  someone,
  strangerIn,
  systemAnswers,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  network = new Network();
  await demo(network);
});

afterEach(() => {
  vi.useRealTimers();
});

const authorize = async (params: object) => (await call("authorize", params)).answer;

describe("a PIN that is wrong", () => {
  it("is told with the attempts that are left; the fifth burns it, and then the right one is burnt too", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));

    for (const attemptsLeft of [4, 3, 2, 1]) {
      expect(await authorize({ buid, pin: notThe(pin) })).toEqual({
        success: false,
        errorCode: "pin-wrong",
        message: "Неверный PIN-код",
        attemptsLeft,
      });
    }
    for (const tried of [notThe(pin), notThe(pin), pin]) {
      const answer = await authorize({ buid, pin: tried });
      expect(answer).toEqual({ success: false, errorCode: "pin-burnt", message: expect.any(String) });
    }
  });

  it("is none if only spaces were typed into it", async () => {
    const userId = someone();
    const { buid, pin } = await openLink(await chatOf(userId));

    expect(await authorize({ buid: ` ${buid} `, pin: ` ${pin.slice(0, 3)} ${pin.slice(3)} ` })).toMatchObject(
      { status: "linked", userId },
    );
  });

  it("costs the next one nothing", async () => {
    const leadId = await chatOf(someone());
    const first = await openLink(leadId);
    for (let tries = 0; tries < 5; tries += 1) await authorize({ buid: first.buid, pin: notThe(first.pin) });

    const { buid, pin } = await openLink(leadId);

    expect(buid).toBe(first.buid);
    expect(await authorize({ buid, pin: notThe(pin) })).toMatchObject({ attemptsLeft: 4 });
    expect(await authorize({ buid, pin })).toMatchObject({ success: true });
  });

  it("is the one before, once a new one was given out", async () => {
    const leadId = await chatOf(someone());
    const { buid, pin } = await openLink(leadId);
    await openLink(leadId);

    expect(await authorize({ buid, pin })).toMatchObject({ errorCode: "pin-wrong", attemptsLeft: 4 });
  });
});

describe("a PIN whose time is over", () => {
  it("is expired to the millisecond, right or wrong", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    pass(10 * MINUTE - 1);
    expect(await authorize({ buid, pin: notThe(pin) })).toMatchObject({ errorCode: "pin-wrong" });

    pass(1);

    const expired = { success: false, errorCode: "pin-expired", message: expect.any(String) };
    expect(await authorize({ buid, pin })).toEqual(expired);
    expect(await authorize({ buid, pin: notThe(pin) })).toEqual(expired);
  });

  it("is good until then", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    pass(10 * MINUTE - 1);

    expect(await authorize({ buid, pin })).toMatchObject({ success: true });
  });
});

describe("a PIN that was right", () => {
  it("is used, whatever is typed after it", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    await authorize({ buid, pin });

    for (const again of [pin, notThe(pin)])
      expect(await authorize({ buid, pin: again })).toEqual({
        success: false,
        errorCode: "pin-used",
        message: expect.any(String),
      });
  });

  it("says who it is, where the site knows nobody", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const personId = await personIn(leadId);
    const { buid, pin } = await openLink(leadId);

    expect(await authorize({ buid, pin })).toEqual({
      success: true,
      status: "linked",
      userId,
      personId,
      leadId,
      leadName: LEAD_NAME,
    });
  });

  it("says that they are the one who is signed in on the site", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const { buid, pin } = await openLink(leadId);

    expect(await authorize({ buid, pin, userId: String(userId) })).toEqual({
      success: true,
      status: "already-linked",
      userId,
      personId: await personIn(leadId),
      leadId,
      leadName: LEAD_NAME,
    });
  });

  it("says that they are another one, and links nothing", async () => {
    const [linkedUserId, other] = [someone(), someone()];
    const leadId = await chatOf(linkedUserId);
    const { buid, pin } = await openLink(leadId);

    expect(await authorize({ buid, pin, userId: other })).toEqual({
      success: true,
      status: "conflict",
      linkedUserId,
      personId: await personIn(leadId),
      leadId,
      leadName: LEAD_NAME,
    });
    expect(await userIn(leadId)).toBe(linkedUserId);
  });

  it("says that they are nobody yet, and who they are to us", async () => {
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);

    const answer = await authorize({ buid, pin, userId: null });

    const personId = await personIn(leadId);
    expect(answer).toEqual({ success: true, status: "not-linked", personId, leadId, leadName: LEAD_NAME });
    expect(personId).toBeGreaterThan(0);
  });

  it("links a stranger to the one who is signed in on the site; they stay the person that they are", async () => {
    const userId = someone();
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);
    const personId = await personIn(leadId);

    expect(await authorize({ buid, pin, userId })).toEqual({
      success: true,
      status: "linked",
      userId,
      personId,
      leadId,
      leadName: LEAD_NAME,
    });
    expect(await userIn(leadId)).toBe(userId);
  });

  it("makes a stranger one more chat of a user who has one", async () => {
    const userId = someone();
    const first = await chatOf(userId);
    const second = await strangerIn();
    const { buid, pin } = await openLink(second);

    const answer = await authorize({ buid, pin, userId });

    expect(answer).toMatchObject({
      status: "linked",
      userId,
      leadId: second,
      personId: await personIn(first),
    });
    expect([await userIn(first), await userIn(second)]).toEqual([userId, userId]);
  });

  it("says nothing of somebody whom an administrator has blocked, and links them to nobody", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await chatOf(userId);
    await call("users/block", { userId, reason: "Спам" });
    const first = await openLink(leadId);
    const refused = { success: false, errorCode: "user-blocked", message: "Учётная запись заблокирована" };

    expect(await authorize({ buid: first.buid, pin: first.pin })).toEqual(refused);
    const second = await openLink(leadId);
    expect(await authorize({ buid: second.buid, pin: second.pin, userId: other })).toEqual(refused);

    expect(await userIn(leadId)).toBe(userId);
  });

  it("links nobody to a user who is blocked here", async () => {
    const userId = someone();
    const theirs = await chatOf(userId);
    await call("users/block", { userId, reason: "Спам" });
    const stranger = await strangerIn();
    const { buid, pin } = await openLink(stranger);

    expect(await authorize({ buid, pin, userId })).toMatchObject({ errorCode: "user-blocked" });
    expect([await userIn(theirs), await userIn(stranger)]).toEqual([userId, null]);
  });

  it("links nobody to a user whom the main system does not know", async () => {
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);
    systemAnswers(network, 404);

    expect(await authorize({ buid, pin, userId: "nobody" })).toMatchObject({ errorCode: "user-not-found" });
    expect(await userIn(leadId)).toBeNull();
  });
});
