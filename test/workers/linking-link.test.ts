import { env } from "cloudflare:workers";
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
  signOutOf,
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

const link = async (params: object) => (await call("link", params)).answer;

/** A link whose PIN somebody has just typed in. */
async function verified(leadId: number) {
  const opened = await openLink(leadId);
  await call("authorize", { buid: opened.buid, pin: opened.pin });
  return opened;
}

const notVerified = { success: false, errorCode: "not-verified", message: expect.any(String) };

describe("a link that the site asks for", () => {
  it("is made after a right PIN", async () => {
    const userId = someone();
    const leadId = await strangerIn();
    const { buid } = await verified(leadId);

    expect(await link({ buid, userId: String(userId) })).toEqual({
      success: true,
      status: "linked",
      userId,
      personId: await personIn(leadId),
      leadId,
      leadName: LEAD_NAME,
    });
    expect(await userIn(leadId)).toBe(userId);
  });

  it.each([
    ["no PIN was tried", 0],
    ["only wrong ones were", 1],
    ["so many wrong ones were that it is burnt", 5],
  ])("is refused where %s", async (_what, tries) => {
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);
    for (let at = 0; at < tries; at += 1) await call("authorize", { buid, pin: notThe(pin) });

    expect(await link({ buid, userId: someone(), relink: true })).toEqual(notVerified);
    expect(await userIn(leadId)).toBeNull();
  });

  it("is refused of a BUID that there never was, in the same words", async () => {
    expect(await link({ buid: "0123456789abcdef", userId: someone(), relink: true })).toEqual(notVerified);
  });

  it("is good for fifteen minutes after the PIN, also where the PIN's own time is over", async () => {
    const [early, late] = [await strangerIn(), await strangerIn()];
    const [first, second] = [await verified(early), await verified(late)];
    pass(15 * MINUTE - 1);
    expect(await link({ buid: first.buid, userId: someone() })).toMatchObject({ status: "linked" });

    pass(1);

    expect(await link({ buid: second.buid, userId: someone() })).toEqual(notVerified);
    expect(await userIn(late)).toBeNull();
  });

  it("is made once: the second is refused, also for another user, and with relink", async () => {
    const userId = someone();
    const leadId = await strangerIn();
    const { buid } = await verified(leadId);
    await link({ buid, userId });

    expect(await link({ buid, userId: someone(), relink: true })).toEqual(notVerified);
    expect(await link({ buid, userId })).toEqual(notVerified);
    expect(await userIn(leadId)).toBe(userId);
  });

  it("is not made once more after a PIN that has linked at once", async () => {
    const userId = someone();
    const { buid, pin } = await openLink(await strangerIn());
    await call("authorize", { buid, pin, userId });

    expect(await link({ buid, userId: someone(), relink: true })).toEqual(notVerified);
  });

  it("is ended by a new PIN, though that one is not typed yet", async () => {
    const leadId = await strangerIn();
    const { buid } = await verified(leadId);
    await openLink(leadId);

    expect(await link({ buid, userId: someone() })).toEqual(notVerified);
    expect(await userIn(leadId)).toBeNull();
  });

  it.each(["unlinked", "signed out of"])("is ended where the account is %s meanwhile", async (how) => {
    const userId = someone();
    const leadId = await chatOf(userId);
    await chatOf(userId);
    const { buid } = await verified(leadId);
    if (how === "unlinked") await call("unlink", { userId });
    else await signOutOf(leadId);

    expect(await link({ buid, userId: someone(), relink: true })).toEqual(notVerified);
    expect(await userIn(leadId)).toBeNull();
  });

  it("to a user whom the main system does not know is refused, and may be asked for once more", async () => {
    let isUnknown = true;
    systemAnswers(network, 404, () => isUnknown);
    const userId = someone();
    const leadId = await strangerIn();
    const { buid } = await verified(leadId);

    expect(await link({ buid, userId })).toMatchObject({ errorCode: "user-not-found" });
    isUnknown = false;

    expect(await link({ buid, userId })).toMatchObject({ status: "linked", userId });
  });
});

describe("another account in the place of a linked one", () => {
  it("is refused without relink, says which there is, and may then be asked for with it", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await chatOf(userId);
    const { buid } = await verified(leadId);

    for (const relink of [undefined, false, null]) {
      const params = { buid, userId: other, ...(relink === undefined ? {} : { relink }) };
      expect(await link(params)).toEqual({
        success: false,
        errorCode: "linked-to-another",
        message: expect.any(String),
        linkedUserId: userId,
      });
    }
    expect(await userIn(leadId)).toBe(userId);
    expect(await link({ buid, userId: other, relink: true })).toMatchObject({
      status: "linked",
      userId: other,
    });
    expect(await userIn(leadId)).toBe(other);
  });

  it("leaves the other chats of the account that was there", async () => {
    const [userId, other] = [someone(), someone()];
    const [leadId, stays] = [await chatOf(userId), await chatOf(userId)];
    const { buid } = await verified(leadId);

    await link({ buid, userId: other, relink: true });

    expect([await userIn(leadId), await userIn(stays)]).toEqual([other, userId]);
  });

  it("unlinks the account that was there with its last chat; its history stays", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await chatOf(userId);
    const { buid } = await verified(leadId);

    await link({ buid, userId: other, relink: true });

    const rows = await env.DB.prepare("SELECT unlinked_at AS at FROM web_users WHERE web_user_id = ?")
      .bind(String(userId))
      .all();
    expect(rows.results).toEqual([{ at: expect.any(Number) }]);
  });

  it("is not in question where it is the same one: that is linked, and its BUID stays", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const { buid } = await verified(leadId);

    expect(await link({ buid, userId })).toMatchObject({ status: "linked", userId, leadId });
    expect((await openLink(leadId)).buid).toBe(buid);
  });

  it("is refused to somebody who is blocked, whichever account they bring", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await chatOf(userId);
    const { buid } = await verified(leadId);
    await call("users/block", { userId, reason: "Спам" });

    expect(await link({ buid, userId: other, relink: true })).toMatchObject({ errorCode: "user-blocked" });
    expect(await userIn(leadId)).toBe(userId);
  });
});
