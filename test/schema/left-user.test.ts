import { describe, expect, it } from "vitest";
import { userLeftBy } from "../../schema/left-user.ts";
import { clock, db, directory, leadOf, signedIn, signIn } from "./setting.ts";

describe("the user whose last chat became somebody else's", () => {
  it("is the one who was there before, where they have no other chat", async () => {
    const leadId = await signedIn("former");

    await signIn(leadId, "newer");

    expect(await userLeftBy(db, leadId)).toBe("former");
  });

  it("is nobody where they have another chat, or are linked again by now", async () => {
    const [one, two] = [await signedIn("has-two", "has-two-1"), await signedIn("has-two", "has-two-2")];
    await signIn(one, "instead");
    expect(await userLeftBy(db, one)).toBeNull();

    await signIn(two, "instead-too");
    expect(await userLeftBy(db, two)).toBe("has-two");
    await signIn(await leadOf("has-two-3"), "has-two");
    expect(await userLeftBy(db, two)).toBeNull();
  });

  it("is nobody in a chat that nobody was in before, or that was signed out in between", async () => {
    const fresh = await signedIn("fresh");
    const signedOut = await leadOf("signed-out");
    const personId = await signIn(signedOut, "signed-out");
    await directory.signOut(signedOut, personId);
    clock.now += 1_000;
    await signIn(signedOut, "after-that");

    expect([await userLeftBy(db, fresh), await userLeftBy(db, signedOut)]).toEqual([null, null]);
  });
});
