import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LeadsTold } from "../../contract/call.ts";
import type { Rule } from "../../contract/rule.ts";
import { acceptCall } from "../../schema/audience.ts";
import { countAudience } from "../../schema/audience-count.ts";
import { walkOn } from "../../schema/audience-walk.ts";
import { callReport } from "../../schema/call-report.ts";
import {
  fits,
  type SomeLead,
  type SomePeople,
  type SomePerson,
  settle,
  somePeople,
  someRule,
} from "./people.ts";
import { db, newCall } from "./setting.ts";

const NOW = 60 * 60_000;
let bots = 0;

/** A line of the ledger: chat, user, state, reason. */
type Line = readonly [string, string | null, string, string | null];

/** Who is told of these people, in plain words. */
function expectedLines(
  rule: Rule,
  { persons, strangers }: SomePeople,
  leadsTold: LeadsTold,
): readonly Line[] {
  const told = strangers.flatMap((lead, at) =>
    lead.status !== "deleted" && fits(rule, lead, null) ? [lineOf(`stranger-${at}`, lead, null)] : [],
  );
  return [
    ...told,
    ...persons.flatMap((one, at) => {
      const person = { ...one, userId: `user-${at}` };
      const fitting = person.leads
        .map((lead, which) => ({ lead, name: `person-${at}-${which}` }))
        .filter(({ lead }) => lead.status !== "deleted" && fits(rule, lead, person));
      const byActivity = fitting.toReversed().sort((one, other) => rank(other.lead) - rank(one.lead));
      const chosen = leadsTold === "all" ? fitting : byActivity.slice(0, 1);
      return chosen.map(({ lead, name }) => lineOf(name, lead, person));
    }),
  ];
}

const rank = (lead: SomeLead) => (lead.status === "active" ? 1_000_000 : 0) + lead.lastActivityAt;

function lineOf(name: string, lead: SomeLead, person: (SomePerson & { userId: string }) | null): Line {
  const userId = person?.isLinked ? person.userId : null;
  if (person?.blocked) return [name, userId, "blocked", "person-blocked"];
  if (person && !person.active) return [name, userId, "blocked", "person-inactive"];
  if (lead.status === "blocked") return [name, userId, "blocked", "bot-blocked"];
  return [name, userId, "queued", null];
}

async function linesOf(callId: string): Promise<readonly Line[]> {
  const { results } = await env.DB.prepare(
    `SELECT leads.external_id AS name, user_id, state, reason FROM deliveries
      JOIN leads ON leads.id = lead_id WHERE call_id = ? ORDER BY seq`,
  )
    .bind(callId)
    .all<{ name: string; user_id: string | null; state: string; reason: string | null }>();
  return results.map((row) => [row.name, row.user_id, row.state, row.reason]);
}

describe("an audience by rule", () => {
  it.each(["recent", "all"] as const)("is whom the rule fits, with %s leads told", async (leadsTold) => {
    await fc.assert(
      fc.asyncProperty(somePeople, someRule, fc.integer({ min: 1, max: 5 }), async (people, rule, step) => {
        const botId = `rule-${++bots}`;
        await settle(botId, people);
        const call = newCall({ rule }, { botId, leadsTold, now: NOW });

        const counted = await countAudience(db, call, { rule });
        expect(await acceptCall(db, call)).toBeNull();
        while (!(await walkOn(db, call.callId, NOW, step)));

        const expected = expectedLines(rule, people, leadsTold);
        expect(await linesOf(call.callId)).toEqual(expected);
        const report = await callReport(db, botId, call.callId);
        expect(report?.accepted).toEqual(counted.counts);
        expect(counted.counts.total).toBe(expected.length);
        const isNobody = counted.counts.queued === 0;
        expect(report).toMatchObject({ state: isNobody ? "finished" : "running" });
        expect(counted.sample === null).toBe(isNobody);
      }),
      { numRuns: 100 },
    );
  });

  it("may be as long and deep as the contract lets it", async () => {
    const names = ["role", "tag", "userId", "role", "tag", "userId", "role"] as const;
    const part: Rule = { or: names.map((name, at) => ({ not: { [name]: `x${at}` } })) };
    const rule: Rule = { and: [{ and: [{ and: [part, part] }, part] }, part, part, { linked: true }] };
    const many = { and: [rule, ...Array.from({ length: 4 }, () => ({ not: { userId: "1" } }))] };
    await settle("long", {
      strangers: [],
      persons: [
        {
          role: "user",
          kind: "client",
          active: true,
          blocked: false,
          isLinked: true,
          leads: [{ language: "ru", tags: [], status: "active", lastActivityAt: 1 }],
        },
      ],
    });

    for (const leadsTold of ["recent", "all"] as const) {
      const call = newCall({ rule: many }, { botId: "long", leadsTold, now: NOW });
      await acceptCall(db, call);
      while (!(await walkOn(db, call.callId, NOW)));
      expect(await linesOf(call.callId)).toEqual([["person-0-0", "user-0", "queued", null]]);
    }
  });
});
