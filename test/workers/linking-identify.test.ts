import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, demo } from "./demo.ts";
import {
  chatOf,
  LEAD_NAME,
  MINUTE,
  openForm,
  openLink,
  pass,
  personIn,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
  take,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await demo(new Network());
});

afterEach(() => {
  vi.useRealTimers();
});

const identify = async (token: string) => (await call("identify", { token })).answer;

const expired = { success: false, errorCode: "link-expired", message: expect.any(String) };

describe("a link without a PIN", () => {
  it("says who it is and which page it was made for, as often as that is loaded", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const token = await openForm(leadId, "gathering/7");

    expect(token).toMatch(/^[0-9A-Za-z]{32}$/);
    for (let load = 0; load < 3; load += 1)
      expect(await identify(token)).toEqual({
        success: true,
        userId,
        personId: await personIn(leadId),
        leadId,
        leadName: LEAD_NAME,
        path: "gathering/7",
      });
  });

  it("says of a stranger which person they are, and that stays, also once they are linked", async () => {
    const userId = someone();
    const leadId = await strangerIn();
    const token = await openForm(leadId);
    const first = await identify(token);

    expect(first).toMatchObject({ userId: null, leadId, personId: expect.any(Number) });
    expect(await identify(await openForm(leadId))).toEqual(first);
    await signInAs(leadId, userId);
    expect(await identify(token)).toEqual({ ...first, userId });
  });

  it("names no user to whom an administrator has blocked", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const token = await openForm(leadId);
    await call("users/block", { userId, reason: "Спам" });

    expect(await identify(token)).toMatchObject({ success: true, userId: null, leadId });
  });

  it("is over with its time, to the millisecond", async () => {
    const leadId = await chatOf(someone());
    const [hour, quarter] = [await openForm(leadId), await openForm(leadId, "", 15 * MINUTE)];
    pass(15 * MINUTE - 1);
    expect([(await identify(hour)).success, (await identify(quarter)).success]).toEqual([true, true]);
    pass(1);
    expect(await identify(quarter)).toEqual(expired);
    pass(45 * MINUTE - 1);
    expect(await identify(hour)).toMatchObject({ success: true });
    pass(1);
    expect(await identify(hour)).toEqual(expired);
  });

  it.each(["unknown", "0".repeat(32), " ", "x".repeat(128)])("is none: %j", async (token) => {
    expect(await identify(token)).toEqual(expired);
  });

  it.each([
    ["its chat is signed out of", (leadId: number) => signOutOf(leadId)],
    [
      "its chat becomes another account's",
      async (leadId: number) => void (await signInAs(leadId, someone())),
    ],
  ])("dies where %s; those of the user's other chats live", async (_what, act) => {
    const userId = someone();
    const [leadId, stays] = [await chatOf(userId), await chatOf(userId)];
    const [token, others] = [await openForm(leadId), await openForm(stays)];

    await act(leadId);

    expect(await identify(token)).toEqual(expired);
    await openLink(leadId);
    expect(await identify(token)).toEqual(expired);
    expect(await identify(others)).toMatchObject({ userId, leadId: stays });
  });

  it("dies where a stranger's chat becomes that of a user who is there already", async () => {
    const userId = someone();
    await chatOf(userId);
    const leadId = await strangerIn();
    const token = await openForm(leadId);

    await signInAs(leadId, userId);

    expect(await identify(token)).toEqual(expired);
  });

  it("dies in every chat of a user who is unlinked", async () => {
    const userId = someone();
    const tokens = [await openForm(await chatOf(userId)), await openForm(await chatOf(userId))];

    await call("unlink", { userId });

    for (const token of tokens) expect(await identify(token)).toEqual(expired);
  });

  it("dies where a stranger's BUID is unlinked", async () => {
    const leadId = await strangerIn();
    const token = await openForm(leadId);
    const { buid } = await openLink(leadId);

    await call("unlink", { buid });

    expect(await identify(token)).toEqual(expired);
  });

  it("opens nothing else: no other endpoint takes its token", async () => {
    const userId = someone();
    const leadId = await chatOf(userId);
    const token = await openForm(leadId);

    for (const pin of ["000000", token, token.slice(0, 6)])
      expect((await call("authorize", { buid: token, pin })).answer).toMatchObject({
        errorCode: "pin-wrong",
      });
    expect((await call("link", { buid: token, userId, relink: true })).answer).toMatchObject({
      errorCode: "not-verified",
    });
    expect((await call("unlink", { buid: token })).answer).toMatchObject({ errorCode: "link-expired" });
    expect((await call("miniapp/identify", { initData: `hash=${token}` })).answer).toMatchObject({
      errorCode: "init-data-invalid",
    });
    expect(await take(await strangerIn(), token)).toEqual({ kind: "expired" });
    expect(await identify(token)).toMatchObject({ userId });
  });

  it("is not the BUID: that opens no page without its PIN", async () => {
    const { buid } = await openLink(await chatOf(someone()));

    expect(await identify(buid)).toEqual(expired);
  });
});
