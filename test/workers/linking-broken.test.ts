import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { isRefusal } from "../../contract/refusal.ts";
import type { House } from "../../workers/house.ts";
import { authorize } from "../../workers/linking/authorize.ts";
import { link } from "../../workers/linking/link.ts";
import { call, demo } from "./demo.ts";
import {
  ask,
  breakChat,
  chatOf,
  house,
  keptOf,
  methodOf,
  notThe,
  openLink,
  personIn,
  pinOf,
  signInAs,
  someone,
  strangerIn,
  systemAnswers,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** How often a chat's being linked was told: calls to it that were accepted. */
async function toldIn(leadId: number): Promise<number> {
  const row = await env.DB.prepare(
    `SELECT count(*) AS told FROM calls WHERE alias = 'account/linked'
      AND id IN (SELECT call_id FROM deliveries WHERE lead_id = ?)`,
  )
    .bind(leadId)
    .first<{ told: number }>();
  return row?.told ?? 0;
}

describe("a link while the main system is silent", () => {
  it("is answered with a no for now by authorize; the same key goes through once it is back", async () => {
    let isDown = true;
    systemAnswers(network, 503, () => isDown);
    const userId = someone();
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);
    const headers = key();
    const params = { buid, pin, userId };

    const first = await call("authorize", params, headers);
    isDown = false;
    const second = await call("authorize", params, headers);
    const third = await call("authorize", params, headers);

    expect(first.answer).toMatchObject({ success: false, errorCode: "system-unavailable" });
    expect(second.answer).toMatchObject({ status: "linked", userId, leadId });
    expect(third.answer).toEqual(second.answer);
    expect(third.response.headers.get("Idempotent-Replayed")).toBe("true");
    expect([await userIn(leadId), await toldIn(leadId)]).toEqual([userId, 1]);
  });

  it("leaves the PIN good for link alone, where authorize is not repeated under its key", async () => {
    let isDown = true;
    systemAnswers(network, 503, () => isDown);
    const userId = someone();
    const { buid, pin } = await openLink(await strangerIn());

    await call("authorize", { buid, pin, userId });
    isDown = false;

    expect((await call("authorize", { buid, pin, userId })).answer).toMatchObject({ errorCode: "pin-used" });
    expect((await call("link", { buid, userId })).answer).toMatchObject({ status: "linked", userId });
  });

  it("is answered with a no for now by link, and may be asked for again with or without the key", async () => {
    let isDown = true;
    systemAnswers(network, 503, () => isDown);
    const { buid, pin } = await openLink(await strangerIn());
    await call("authorize", { buid, pin });
    const userId = someone();
    const headers = key();

    const first = await call("link", { buid, userId }, headers);
    const other = await call("link", { buid, userId });
    isDown = false;
    const second = await call("link", { buid, userId }, headers);

    expect([first.answer.errorCode, other.answer.errorCode]).toEqual([
      "system-unavailable",
      "system-unavailable",
    ]);
    expect(second.answer).toMatchObject({ status: "linked", userId });
  });
});

describe("a link while the conversation can't be reached", () => {
  it.each(["authorize", "link"])(
    "is a no for now of %s; the same key brings it to its end, told once",
    async (alias) => {
      const chat = someone();
      const userId = someone();
      const leadId = await strangerIn(chat);
      const { buid, pin } = await openLink(leadId);
      if (alias === "link") await call("authorize", { buid, pin });
      const params = alias === "link" ? { buid, userId } : { buid, pin, userId };
      const mend = await breakChat(chat);
      const headers = key();

      const first = await call(alias, params, headers);
      const other = await call("link", { buid, userId: someone(), relink: true });
      await mend();
      const second = await call(alias, params, headers);

      expect(first.answer).toMatchObject({ success: false, errorCode: "conversation-unreached" });
      expect(other.answer).toMatchObject({ errorCode: "not-verified" });
      expect(second.answer).toMatchObject({ status: "linked", userId, leadId });
      expect([await userIn(leadId), await toldIn(leadId)]).toEqual([userId, 1]);
    },
  );

  it("is brought to its end too where the user was here before, so that the BUID is another by then", async () => {
    const chat = someone();
    const userId = someone();
    await chatOf(userId);
    const leadId = await strangerIn(chat);
    const { buid, pin } = await openLink(leadId);
    const mend = await breakChat(chat);
    const headers = key();

    await call("authorize", { buid, pin, userId }, headers);
    await mend();
    const second = await call("authorize", { buid, pin, userId }, headers);

    expect(second.answer).toMatchObject({ status: "linked", userId, leadId });
    expect(await toldIn(leadId)).toBe(1);
  });

  it("is not repeated by a wrong PIN under another key", async () => {
    const chat = someone();
    const { buid, pin } = await openLink(await strangerIn(chat));
    await breakChat(chat);
    await call("authorize", { buid, pin, userId: someone() }, key());

    expect((await call("authorize", { buid, pin: notThe(pin) }, key())).answer).toMatchObject({
      errorCode: "pin-used",
    });
  });
});

describe("a link that was cut short, repeated under its key after something else came in between", () => {
  /** A chat that was linked to a user while its conversation could not be reached; how to ask for that again. */
  async function cutShort(alias: "authorize" | "link", leadOf: (chat: number) => Promise<number>) {
    const [chat, userId] = [someone(), someone()];
    const leadId = await leadOf(chat);
    const { buid, pin } = await openLink(leadId);
    if (alias === "link") await call("authorize", { buid, pin });
    const params = alias === "link" ? { buid, userId, relink: true } : { buid, pin, userId };
    const mend = await breakChat(chat);
    const headers = key();
    expect((await call(alias, params, headers)).answer).toMatchObject({
      errorCode: "conversation-unreached",
    });
    await mend();
    return { leadId, userId, repeat: async () => (await call(alias, params, headers)).answer };
  }

  it.each(["authorize", "link"] as const)("does not undo an unlink: %s", async (alias) => {
    const { leadId, userId, repeat } = await cutShort(alias, strangerIn);
    await call("unlink", { userId });

    expect(await repeat()).toMatchObject({ success: false });
    expect(await userIn(leadId)).toBeNull();
  });

  it.each(["authorize", "link"] as const)(
    "does not take the chat from the account that is there by now: %s",
    async (alias) => {
      const { leadId, repeat } = await cutShort(alias, strangerIn);
      const other = someone();
      await signInAs(leadId, other);

      expect(await repeat()).toMatchObject({ success: false });
      expect(await userIn(leadId)).toBe(other);
    },
  );

  it("does not undo an unlink after a relink", async () => {
    const { leadId, userId, repeat } = await cutShort("link", (chat) => chatOf(someone(), chat));
    await call("unlink", { userId });

    expect(await repeat()).toMatchObject({ success: false });
    expect(await userIn(leadId)).toBeNull();
  });
});

/** A house that dies at one step of a link, before it or after it. */
type Death = (house: House, buid: string) => Partial<House>;

const dies = () => Promise.reject(new Error("the process is gone"));

const deaths: Readonly<Record<string, Death>> = {
  "before the main system is asked": () => ({ system: dies }),
  "before the PIN is used up": (_, buid) => ({
    pin: () =>
      new Proxy(pinOf(buid), { get: (stub, name) => (name === "useUp" ? dies : methodOf(stub, name)) }),
  }),
  "after the PIN was used up": (_, buid) => ({
    pin: () =>
      new Proxy(pinOf(buid), {
        get: (stub, name) =>
          name === "useUp" ? (by: string) => stub.useUp(by).then(dies) : methodOf(stub, name),
      }),
  }),
  "before the database has it": () => ({ linkLead: dies }),
  "after the database has it": ({ linkLead }) => ({
    linkLead: (...given) => linkLead(...given).then(dies),
  }),
  "before the conversation learns it": () => ({
    conversation: () => {
      throw new Error("the process is gone");
    },
  }),
};

describe("a link whose process dies", () => {
  const cases = Object.keys(deaths).flatMap((when) =>
    (["authorize", "link"] as const).flatMap((alias) =>
      (["a stranger", "another account"] as const)
        .filter((who) => alias === "link" || who === "a stranger")
        .map((who) => [when, alias, who] as const),
    ),
  );

  it.each(cases)("%s is made by the same key, once, and told once: %s of %s", async (when, alias, who) => {
    const userId = someone();
    const leadId = who === "a stranger" ? await strangerIn() : await chatOf(someone());
    const { buid, pin } = await openLink(leadId);
    if (alias === "link") await call("authorize", { buid, pin });
    const params = alias === "link" ? { buid, userId, relink: true } : { buid, pin, userId };
    const endpoint = alias === "link" ? link : authorize;
    const requestId = crypto.randomUUID();

    const dead = await ask(endpoint, params, { ...house, ...deaths[when]?.(house, buid) }, requestId).catch(
      (error: Error) => error,
    );
    const again = await ask(endpoint, params, house, requestId);
    const oncemore = await ask(endpoint, params, house, requestId);

    expect(dead instanceof Error || isRefusal(dead)).toBe(true);
    expect(again).toMatchObject({ status: "linked", userId, leadId, personId: await personIn(leadId) });
    expect(oncemore).toEqual(again);
    expect([await userIn(leadId), await toldIn(leadId)]).toEqual([userId, 1]);
    expect((await keptOf(buid)).pin).toMatchObject({ linkedBy: requestId });
  });

  it.each(["after the PIN was used up", "before the database has it"])(
    "%s leaves nothing to anybody else, and a new PIN to whoever lost the key",
    async (when) => {
      const leadId = await strangerIn();
      const { buid, pin } = await openLink(leadId);
      const broken = { ...house, ...deaths[when]?.(house, buid) };
      await ask(authorize, { buid, pin, userId: someone() }, broken, "lost").catch(() => null);

      expect((await call("link", { buid, userId: someone() })).answer).toMatchObject({
        errorCode: "not-verified",
      });
      expect((await call("authorize", { buid, pin })).answer).toMatchObject({ errorCode: "pin-used" });
      const next = await openLink(leadId);
      expect((await call("authorize", { buid: next.buid, pin: next.pin })).answer).toMatchObject({
        status: "not-linked",
      });
    },
  );
});
