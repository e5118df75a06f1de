import { describe, expect, it } from "vitest";
import { ChannelBusy } from "../../contract/channel-errors.ts";
import type { Person } from "../kit/person.ts";
import { accountWorld, DAY } from "./account-world.ts";

/** A call of Alice, what goes before it, and words of what it tells in the chat. */
interface Call {
  readonly alias: string;
  readonly params?: object;
  readonly before?: { readonly alias: string; readonly params?: object };
  readonly said: string;
}

const CALLS: readonly Call[] = [
  { alias: "users/connect-bot", said: "снова здесь" },
  { alias: "users/disconnect-bot", said: "бот отключён" },
  { alias: "users/pause", params: { until: null }, said: "не побеспокою" },
  {
    alias: "users/resume",
    before: { alias: "users/pause", params: { until: null } },
    said: "С возвращением",
  },
  { alias: "users/block", params: { reason: "Шум" }, said: "Шум" },
  { alias: "users/unblock", before: { alias: "users/block" }, said: "разблокирована" },
  {
    alias: "users/update",
    params: { role: "user", email: "a@b.ru", changedBy: "employee" },
    said: "изменил данные",
  },
];

/** The call comes while nothing can be sent to Alice's chat. */
async function heldUp({ alias, params, before }: Call) {
  const known = await accountWorld();
  if (before) await known.world.call(before.alias, { userId: 127, ...before.params });
  known.alice.phone.fails({ error: new ChannelBusy(5) });
  await known.world.call(alias, { userId: 127, ...params });
  return { ...known, seen: known.alice.sees.length };
}

/** Bob signs in with Alice's phone. */
async function bobSignsInOn(phone: Person) {
  await phone.types("/start");
  await phone.does({ kind: "contact", phone: "+79180000002", own: true });
}

function callOf(alias: string): Call {
  const call = CALLS.find((one) => one.alias === alias);
  if (!call) throw new Error(`There is no call ${alias}`);
  return call;
}

describe("a chat that is somebody else's by the time a call arrives", () => {
  it.each(CALLS)("is told nothing of $alias", async (call) => {
    const { world, alice, seen } = await heldUp(call);
    // Whoever is blocked can't sign out by themself; then the site does it.
    if (call.alias === "users/block") await world.call("users/disconnect-bot", { userId: 127 });
    else if (call.alias !== "users/disconnect-bot") await alice.types("/logout");

    await bobSignsInOn(alice);
    await world.passes(DAY);

    const read = alice.sees.slice(seen).join();
    expect(read).toContain("Боб");
    expect(read).not.toContain(call.said);
  });

  it.each(["users/block", "users/disconnect-bot"])(
    "is told nothing of %s either where they are blocked themself",
    async (alias) => {
      const call = callOf(alias);
      const { world, alice, seen } = await heldUp(call);
      await world.call("users/block", { userId: 1707, reason: "Спам" });
      if (alias === "users/block") await world.call("users/disconnect-bot", { userId: 127 });

      await bobSignsInOn(alice);
      await world.passes(DAY);

      const read = alice.sees.slice(seen).join();
      expect(read).toContain("Причина: Спам");
      expect(read).not.toContain(call.said);
    },
  );
});

describe("a call that is not true any more by the time it arrives", () => {
  it("is not told to who has signed in again", async () => {
    const { world, alice, seen } = await heldUp(callOf("users/disconnect-bot"));

    await alice.signsIn();
    await world.passes(DAY);

    const read = alice.sees.slice(seen).join();
    expect(read).toContain("Алиса");
    expect(read).not.toContain("бот отключён");
  });

  it("is not told to who was unblocked meanwhile", async () => {
    const { world, alice, seen } = await heldUp(callOf("users/block"));

    await world.call("users/unblock", { userId: 127 });
    await world.passes(DAY);

    expect(alice.sees.slice(seen)).toEqual([expect.stringContaining("разблокирована")]);
  });

  it("is not told to who was blocked again meanwhile", async () => {
    const { world, alice, seen } = await heldUp(callOf("users/unblock"));

    await world.call("users/block", { userId: 127, reason: "Спам" });
    await world.passes(DAY);

    expect(alice.sees.slice(seen)).toEqual([expect.stringContaining("Причина: Спам")]);
  });

  it("gives no reason for a block where they have signed out", async () => {
    const { world, alice, seen } = await heldUp(callOf("users/block"));

    await world.call("users/disconnect-bot", { userId: 127 });
    await world.passes(DAY);

    const read = alice.sees.slice(seen).join();
    expect(read).toContain("заблокирована администратором");
    expect(read).not.toContain("Шум");
  });
});
