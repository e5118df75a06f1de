import { beforeEach, describe, expect, it } from "vitest";
import { call, demo } from "./demo.ts";
import { chatOf, openLink, signInAs, signOutOf, someone, strangerIn, userIn } from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

/** Does something once, while the main system is asked who a user is. */
function meanwhile(deed: () => Promise<unknown>): void {
  let isDone = false;
  network.answerers.unshift(({ url }) => {
    if (isDone || !url.pathname.endsWith("/user")) return undefined;
    isDone = true;
    const query = url.searchParams.toString();
    return deed().then(() => fetch(`http://site.test/api/user?${query}`));
  });
}

describe("a link that is overtaken while the main system is asked", () => {
  it("by a sign-out in the chat is not made", async () => {
    const leadId = await chatOf(someone());
    const { buid, pin } = await openLink(leadId);
    await call("authorize", { buid, pin });
    meanwhile(() => signOutOf(leadId));

    const { answer } = await call("link", { buid, userId: someone(), relink: true });

    expect(answer).toMatchObject({ success: false, errorCode: "not-verified" });
    expect(await userIn(leadId)).toBeNull();
  });

  it("by another account that has come into the chat takes nothing from that", async () => {
    const [leadId, quicker] = [await strangerIn(), someone()];
    const { buid, pin } = await openLink(leadId);
    meanwhile(() => signInAs(leadId, quicker));

    const { answer } = await call("authorize", { buid, pin, userId: someone() });

    expect(answer).toMatchObject({ success: false, errorCode: "not-verified" });
    expect(await userIn(leadId)).toBe(quicker);
  });

  it.each(["userId", "buid"])("by unlink (%s) is not made", async (by) => {
    const userId = someone();
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);
    meanwhile(() => call("unlink", by === "buid" ? { buid } : { userId }));

    const { answer } = await call("authorize", { buid, pin, userId });

    // Of a user who is linked nowhere there is nothing to unlink but the links that were given out.
    expect(await userIn(leadId)).toBe(by === "buid" ? null : userId);
    expect(answer.success).toBe(by === "userId");
  });
});

describe("a link in place of another account", () => {
  it("to a user who is blocked, or switched off, leaves the account that is there", async () => {
    const [userId, blocked] = [someone(), someone()];
    await chatOf(blocked);
    await call("users/block", { userId: blocked, reason: "Спам" });
    const leadId = await chatOf(userId);
    const { buid, pin } = await openLink(leadId);
    await call("authorize", { buid, pin });

    const { answer } = await call("link", { buid, userId: blocked, relink: true });

    expect(answer).toMatchObject({ success: false, errorCode: "user-blocked" });
    expect(await userIn(leadId)).toBe(userId);
  });
});
