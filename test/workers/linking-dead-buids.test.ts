import { beforeEach, describe, expect, it } from "vitest";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  notThe,
  openLink,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  await demo(new Network());
});

const authorize = async (params: object) => (await call("authorize", params)).answer;

describe("the right PIN of a BUID that is no more", () => {
  const isNothing = { success: false, errorCode: "pin-expired", message: expect.any(String) };

  it("opens nothing after the account was unlinked, also where it is linked anew", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const { buid, pin } = await openLink(leadId);
    await call("unlink", { userId });
    await signInAs(leadId, userId);

    expect(await authorize({ buid, pin })).toEqual(isNothing);
    expect(await authorize({ buid, pin: notThe(pin) })).toMatchObject({ errorCode: "pin-used" });
  });

  it("opens nothing after one of two chats was signed out of, whichever it was given out in", async () => {
    const userId = someone();
    const [stays, leaves] = [await chatOf(userId), await chatOf(userId)];
    const { buid, pin } = await openLink(leaves);
    await signOutOf(leaves);

    expect(await authorize({ buid, pin })).toEqual(isNothing);
    const next = await openLink(stays);
    expect(next.buid).not.toBe(buid);
    expect(await authorize({ buid: next.buid, pin: next.pin })).toMatchObject({ status: "linked", userId });
  });

  it("opens nothing after the chat became another account's", async () => {
    const [userId, other] = [someone(), someone()];
    const leadId = await chatOf(userId);
    await chatOf(userId);
    const { buid, pin } = await openLink(leadId);
    await signInAs(leadId, other);

    expect(await authorize({ buid, pin })).toEqual(isNothing);
    expect((await openLink(leadId)).buid).not.toBe(buid);
  });

  it("opens nothing after the account was replaced from another chat of it", async () => {
    const [userId, other] = [someone(), someone()];
    const [one, two] = [await chatOf(userId), await chatOf(userId)];
    const first = await openLink(one);
    await authorize({ buid: first.buid, pin: first.pin });
    const second = await openLink(two);
    expect((await call("link", { buid: first.buid, userId: other, relink: true })).answer).toMatchObject({
      errorCode: "not-verified",
    });

    await authorize({ buid: second.buid, pin: second.pin });
    await call("link", { buid: second.buid, userId: other, relink: true });

    expect([await userIn(one), await userIn(two)]).toEqual([userId, other]);
    expect((await openLink(one)).buid).not.toBe(second.buid);
  });

  it("opens nothing after a stranger's was ended", async () => {
    const { buid, pin } = await openLink(await strangerIn());
    await call("unlink", { buid });

    expect(await authorize({ buid, pin, userId: someone() })).toEqual(isNothing);
  });

  it("opens nothing at another bot", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));

    expect((await call("authorize", { buid: `1/${buid}`, pin })).answer).toMatchObject({
      errorCode: "pin-wrong",
      attemptsLeft: 4,
    });
  });
});
