import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRefusal } from "../../contract/refusal.ts";
import { authorize } from "../../workers/linking/authorize.ts";
import { call, demo } from "./demo.ts";
import { CHATS, type Event, events, type Given, Model, USERS } from "./linking-model.ts";
import {
  ask,
  house,
  MINUTE,
  notThe,
  openForm,
  openLink,
  pass,
  signInAs,
  signOutOf,
  someone,
  strangerIn,
  tokenFor,
  userIn,
} from "./linking-world.ts";
import { Network } from "./network.ts";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await demo(new Network());
});

afterEach(() => {
  vi.useRealTimers();
});

/** What `authorize` answers, without the wait by which it hides what it took to find out. */
async function authorized(params: object, tokenId: string): Promise<Readonly<Record<string, unknown>>> {
  const reply = await ask(
    authorize,
    params,
    { ...house, pause: async () => {} },
    crypto.randomUUID(),
    tokenId,
  );
  return isRefusal(reply) ? { success: false, errorCode: reply.refused } : { success: true, ...reply };
}

/** The house under test: chats and users of its own, and what the model expects of them. */
class Play {
  readonly model = new Model();
  readonly #leads: readonly number[];
  readonly #users: readonly number[];
  readonly #tokenId: string;
  /** Users who have been in one of the chats. */
  readonly #been = new Set<number>();

  /** @param tokenId a token of its own: of wrong PINs one has only so many an hour */
  constructor(leads: readonly number[], tokenId: string) {
    this.#leads = leads;
    this.#tokenId = tokenId;
    this.#users = Array.from({ length: USERS }, someone);
  }

  async act(event: Event): Promise<void> {
    switch (event.kind) {
      case "open":
        return this.#open(event.chat);
      case "sign-out":
        return this.#signOut(event.chat);
      case "sign-in":
        return this.#signIn(event.chat, event.user);
      case "try":
        return this.#try(event);
      case "link":
        return this.#link(event);
      case "unlink":
        await call("unlink", { userId: this.#user(event.user) });
        return this.#gone(event.user);
      case "unlink-buid":
        return this.#unlinkBuid(event.pin);
      case "time":
        return pass(event.minutes * MINUTE);
    }
  }

  /** Whoever is in each chat is whom the model has there. */
  async check(): Promise<void> {
    const there = await Promise.all(this.#leads.map(userIn));
    expect(there).toEqual(this.model.users.map((who) => (who === null ? null : this.#user(who))));
  }

  #lead(chat: number): number {
    return this.#leads[chat] ?? 0;
  }

  #user(user: number): number {
    return this.#users[user] ?? 0;
  }

  #given(back: number): Given | undefined {
    return this.model.given.at(-1 - back);
  }

  async #open(chat: number): Promise<void> {
    const opened = await openLink(this.#lead(chat)).catch(() => null);
    if (!opened) return;
    const { buid, pin, expiresAt } = opened;
    for (const before of this.model.given) if (before.buid === buid) before.isStanding = false;
    this.model.given.push({ buid, pin, chat, expiresAt, isStanding: true, wrong: 0, verifiedUntil: null });
  }

  async #signOut(chat: number): Promise<void> {
    await signOutOf(this.#lead(chat));
    this.model.end(chat);
    this.model.users[chat] = null;
  }

  /** As the start link, or the phone, signs in: without a PIN of the site. */
  async #signIn(chat: number, user: number): Promise<void> {
    const wasHere = this.#wasHere(user);
    const wasStranger = this.model.users[chat] === null;
    await signInAs(this.#lead(chat), this.#user(user));
    this.model.put(chat, user, wasHere || !wasStranger);
  }

  /** Whether a user has been at this bot: a stranger who becomes one that has not stays who they are. */
  #wasHere(user: number): boolean {
    const wasHere = this.#been.has(user);
    this.#been.add(user);
    return wasHere;
  }

  async #try({ pin, isRight, user }: Extract<Event, { kind: "try" }>): Promise<void> {
    const given = this.#given(pin);
    if (!given) return;
    const was = this.model.users[given.chat] ?? null;
    const isLive = this.model.isLive(given);
    const typed = isRight ? given.pin : notThe(given.pin);
    const userId = user === null ? {} : { userId: this.#user(user) };

    const answer = await authorized({ buid: given.buid, pin: typed, ...userId }, this.#tokenId);

    const says = "userId" in answer || "linkedUserId" in answer || "leadId" in answer || "personId" in answer;
    if (!isLive || !isRight) {
      expect([answer.success, says]).toEqual([false, false]);
      if (!isRight && given.isStanding) given.wrong += 1;
      return;
    }
    given.verifiedUntil = Date.now() + 15 * MINUTE;
    expect(answer).toMatchObject({ success: true, leadId: this.#lead(given.chat) });
    if (was === null && user === null) expect(answer.status).toBe("not-linked");
    else if (user === null) expect(answer).toMatchObject({ status: "linked", userId: this.#user(was ?? 0) });
    else if (was === user)
      expect(answer).toMatchObject({ status: "already-linked", userId: this.#user(user) });
    else if (was !== null)
      expect(answer).toMatchObject({ status: "conflict", linkedUserId: this.#user(was) });
    else {
      expect(answer).toMatchObject({ status: "linked", userId: this.#user(user) });
      given.verifiedUntil = 0;
      this.model.put(given.chat, user, this.#wasHere(user));
    }
  }

  async #link({ pin, user, relink }: Extract<Event, { kind: "link" }>): Promise<void> {
    const named = this.#given(pin);
    // A link is asked for by the BUID alone: by the right PIN that is the newest of it.
    const given = this.model.given.findLast(({ buid }) => buid === named?.buid);
    if (!given) return;
    const was = this.model.users[given.chat] ?? null;
    const isAllowed = this.model.mayLink(given) && (was === null || was === user || relink);

    const { answer } = await call("link", { buid: given.buid, userId: this.#user(user), relink });

    expect(answer.success).toBe(isAllowed);
    if (!isAllowed) {
      expect("userId" in answer || "leadId" in answer || "personId" in answer).toBe(false);
      const isAnother = this.model.mayLink(given);
      expect(answer.errorCode).toBe(isAnother ? "linked-to-another" : "not-verified");
      return;
    }
    expect(answer).toMatchObject({ userId: this.#user(user), leadId: this.#lead(given.chat) });
    given.verifiedUntil = 0;
    const wasHere = this.#wasHere(user);
    this.model.put(given.chat, user, wasHere || was !== null);
  }

  async #unlinkBuid(pin: number): Promise<void> {
    const given = this.#given(pin);
    if (!given) return;
    const was = this.model.users[given.chat] ?? null;
    // A PIN that a newer one has replaced has the same BUID: it is ended with that.
    const isOpen = this.model.given.some(({ buid, isStanding }) => buid === given.buid && isStanding);

    const { answer } = await call("unlink", { buid: given.buid });

    expect(answer.success).toBe(isOpen);
    if (!isOpen) return;
    if (was !== null) return this.#gone(was);
    for (const one of this.model.given) if (one.buid === given.buid) one.isStanding = false;
  }

  #gone(user: number): void {
    for (const [chat, who] of this.model.users.entries())
      if (who === user) {
        this.model.end(chat);
        this.model.users[chat] = null;
      }
  }
}

const kind = fc.constant;
const user = fc.nat(1);

describe("whatever happens in whatever order", () => {
  it("nobody is told of, or linked to, an account without a right and living PIN of that very chat", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 5, maxLength: 16 }), async (happens) => {
        const leads = await Promise.all(Array.from({ length: CHATS }, () => strangerIn()));
        const play = new Play(leads, (await tokenFor(["*"])).id);
        for (const one of happens) {
          await play.act(one);
          await play.check();
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it("a link without a PIN names the user of its chat, or nobody, and never somebody who was there before", async () => {
    const act = fc.oneof(
      fc.record({ kind: kind("sign-in" as const), chat: fc.nat(1), user }),
      fc.record({ kind: kind("sign-out" as const), chat: fc.nat(1) }),
      fc.record({ kind: kind("unlink" as const), user }),
      fc.record({ kind: kind("form" as const), chat: fc.nat(1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
        const leads = [await strangerIn(), await strangerIn()] as const;
        const users = [someone(), someone()] as const;
        const forms: { readonly token: string; readonly lead: number; readonly was: number | null }[] = [];
        for (const one of acts) {
          const lead = leads["chat" in one && one.chat === 1 ? 1 : 0];
          const userId = users["user" in one && one.user === 1 ? 1 : 0];
          if (one.kind === "sign-in") await signInAs(lead, userId);
          if (one.kind === "sign-out") await signOutOf(lead);
          if (one.kind === "unlink") await call("unlink", { userId });
          if (one.kind === "form") forms.push({ token: await openForm(lead), lead, was: await userIn(lead) });
        }

        for (const { token, lead, was } of forms) {
          const { answer } = await call("identify", { token });
          const now = await userIn(lead);
          if (answer.success === true) expect([answer.userId, answer.leadId]).toEqual([now, lead]);
          // A stranger's goes on naming them once they have signed in; a user's never names another one.
          if (was !== null && was !== now) expect(answer.success).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
