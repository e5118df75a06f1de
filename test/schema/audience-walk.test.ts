import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../contract/rule.ts";
import { acceptCall } from "../../schema/audience.ts";
import { walkOn } from "../../schema/audience-walk.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { type SomePeople, type SomePerson, settle } from "./people.ts";
import { clock, db, directory, leadOf, newCall, signIn } from "./setting.ts";

const HOUR = 60 * 60_000;
const everybody: Rule = { or: [{ linked: true }, { linked: false }] };
const ledger = ledgerIn(db);

const lead = { language: "ru", tags: [], status: "active", lastActivityAt: 0 } as const;

function personWith(leads: number): SomePerson {
  return {
    role: "user",
    kind: "client",
    active: true,
    blocked: false,
    isLinked: leads > 0,
    leads: Array.from({ length: leads }, () => lead),
  };
}

function people(strangers: number, leadsOfPersons: readonly number[]): SomePeople {
  return {
    strangers: Array.from({ length: strangers }, () => lead),
    persons: leadsOfPersons.map(personWith),
  };
}

/** A call to a rule, in the database; at one o'clock. */
async function callTo(rule: Rule, more: Parameters<typeof newCall>[1] = {}): Promise<string> {
  clock.now = HOUR;
  const call = newCall({ rule }, { now: HOUR, ...more });
  await acceptCall(db, call);
  return call.callId;
}

interface Row {
  readonly id: number;
  readonly person_id: number | null;
  readonly moved_from: number | null;
}

const leadsNow = async () =>
  (await env.DB.prepare("SELECT id, person_id, moved_from FROM leads ORDER BY id").all<Row>()).results;

const toldIn = async (callId: string) =>
  (await recipientReports(db, callId, { after: -1, limit: 1_000 })).flatMap(({ leadId }) => leadId ?? []);

type Happening =
  | { readonly kind: "step" | "two at once" | "come" }
  | { readonly kind: "sign in"; readonly lead: number; readonly user: number }
  | { readonly kind: "sign out"; readonly lead: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("step", "two at once", "come") }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("sign in"), lead: fc.nat(12), user: fc.nat(6) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("sign out"), lead: fc.nat(12) }) },
);

/** The truth of one walk, kept by the test: who was told, as which person. */
class Watch {
  readonly leads = new Set<number>();
  readonly persons = new Set<number>();
  readonly callId: string;

  constructor(callId: string) {
    this.callId = callId;
  }

  /** Looks at what the last steps wrote, before anybody moves again. */
  async look(): Promise<void> {
    const now = await leadsNow();
    for (const leadId of (await toldIn(this.callId)).slice(this.leads.size)) {
      const person = now.find(({ id }) => id === leadId)?.person_id ?? null;
      expect(this.leads, "a lead told twice").not.toContain(leadId);
      if (person !== null) {
        expect(this.persons, "a person told twice").not.toContain(person);
        const before = now.filter(({ id, person_id }) => person_id === person && this.leads.has(id));
        expect(before, "told before, as a stranger").toEqual([]);
        this.persons.add(person);
      }
      this.leads.add(leadId);
    }
  }

  /** Whether a lead was told, or the person they are or were. */
  hasTold({ id, person_id, moved_from }: Row, all: readonly Row[]): boolean {
    const person = person_id ?? moved_from;
    if (this.leads.has(id) || (person !== null && this.persons.has(person))) return true;
    return all.some((other) => (other.person_id ?? other.moved_from) === person && this.leads.has(other.id));
  }
}

async function happen(one: Happening, callId: string, step: number): Promise<boolean> {
  const all = await leadsNow();
  const at = (index: number) => all[index % Math.max(1, all.length)];
  clock.now += 1_000;
  switch (one.kind) {
    case "step":
      return walkOn(db, callId, clock.now, step);
    case "two at once":
      return (
        await Promise.all([walkOn(db, callId, clock.now, step), walkOn(db, callId, clock.now, step)])
      ).some(Boolean);
    case "come":
      await leadOf(`new-${clock.now}`);
      return false;
    case "sign in": {
      const who = at(one.lead);
      if (who) await signIn(who.id, `user-${one.user}`);
      return false;
    }
    case "sign out": {
      const who = at(one.lead);
      if (who?.person_id) await directory.signOut(who.id, who.person_id);
      return false;
    }
  }
}

describe("the walk of an audience by rule", () => {
  it("tells everybody once, whoever comes, signs in and signs out while it walks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(4),
        fc.array(fc.nat(3), { maxLength: 4 }),
        fc.array(happening, { maxLength: 25 }),
        fc.integer({ min: 1, max: 3 }),
        async (strangers, persons, happenings, step) => {
          await settle("1", people(strangers, persons));
          const first = await leadsNow();
          const callId = await callTo(everybody);
          const watch = new Watch(callId);

          let isThrough = false;
          for (const one of happenings) {
            isThrough = await happen(one, callId, step);
            await watch.look();
            if (isThrough) break;
          }
          while (!isThrough) isThrough = await walkOn(db, callId, clock.now, step);
          await watch.look();

          const now = await leadsNow();
          const ids = new Set(first.map(({ id }) => id));
          const missed = now.filter((row) => ids.has(row.id) && !watch.hasTold(row, now));
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  it("tells one who signed out of one of two chats meanwhile in one of them", async () => {
    await settle("1", people(0, [2]));
    const callId = await callTo(everybody);
    const [one] = await leadsNow();
    await directory.signOut(one?.id ?? 0, one?.person_id ?? 0);

    while (!(await walkOn(db, callId, HOUR, 1)));

    expect(await toldIn(callId)).toHaveLength(1);
  });

  it("misses nobody with whom a stranger was signed in just while it came by", async () => {
    await settle("1", people(1, [1]));
    const callId = await callTo(everybody);
    const stranger = (await leadsNow()).find(({ person_id }) => person_id === null)?.id ?? 0;

    await walkOn(db, callId, HOUR, 1);
    const personId = await signIn(stranger, "user-0");
    await walkOn(db, callId, HOUR, 1);
    await directory.signOut(stranger, personId);
    while (!(await walkOn(db, callId, HOUR, 1)));

    expect(await toldIn(callId)).toHaveLength(2);
  });

  it("is done once by two at the same time, and again is nothing", async () => {
    await settle("1", people(5, [1, 2]));
    const callId = await callTo(everybody);

    const results: boolean[] = [];
    while (!results.at(-1)) {
      const both = await Promise.all([walkOn(db, callId, HOUR, 2), walkOn(db, callId, HOUR, 2)]);
      results.push(both.every(Boolean));
    }
    const again = await ledger.resolve(callId, HOUR);

    expect(again).toBe(true);
    expect(await toldIn(callId)).toHaveLength(7);
    expect(await callReport(db, "1", callId)).toMatchObject({
      state: "running",
      accepted: { total: 7, queued: 7, paused: 0, unlinked: 0, blocked: 0 },
    });
  });

  it("can be told from as it goes", async () => {
    await settle("1", people(5, [1]));
    const callId = await callTo(everybody);

    await walkOn(db, callId, HOUR, 2);

    expect(await ledger.call(callId)).toMatchObject({ state: "resolving", isResolving: true });
    expect(await ledger.underWay(callId, -1, 10)).toMatchObject([
      { seq: 0, userId: null, lead: { person: null } },
      { seq: 1, userId: null },
    ]);
    expect((await callReport(db, "1", callId))?.accepted).toBeNull();
  });

  it("ends where a call is cancelled, and nobody can put it on its way again", async () => {
    await settle("1", people(5, [1]));
    const callId = await callTo(everybody);
    await walkOn(db, callId, HOUR, 2);
    await ledger.record([{ callId, seq: 0, outcome: { state: "failed" }, at: HOUR }]);

    await ledger.setState(callId, "cancelled", HOUR + 1);
    await ledger.settleRest(callId, { state: "cancelled" }, HOUR + 1);

    expect(await ledger.requeueFailed(callId, HOUR + 2)).toBe(0);
    expect(await ledger.resolve(callId, HOUR + 3)).toBe(true);
    expect(await ledger.call(callId)).toMatchObject({ state: "cancelled", isResolving: false });
    expect(await callReport(db, "1", callId)).toMatchObject({
      accepted: { total: 2 },
      states: { failed: 1, cancelled: 1 },
    });
  });

  it("of a call for later waits, and of a paused one leaves it paused", async () => {
    await settle("1", people(1, []));
    const later = await callTo(everybody, { sendAt: 2 * HOUR });
    const paused = await callTo(everybody);
    const scheduled = await ledger.call(later);
    await ledger.setState(paused, "paused", HOUR);

    for (const callId of [later, paused]) while (!(await ledger.resolve(callId, 2 * HOUR)));

    expect(scheduled).toMatchObject({ state: "scheduled", isResolving: true, sendAt: 2 * HOUR });
    expect(await callReport(db, "1", later)).toMatchObject({
      state: "running",
      startedAt: new Date(2 * HOUR),
    });
    expect(await ledger.call(paused)).toMatchObject({ state: "paused", isResolving: false });
  });
});
