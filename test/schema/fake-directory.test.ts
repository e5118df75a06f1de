import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FOREVER, type LeadProfile } from "../../contract/lead.ts";
import type { FoundChange, LeadNews, PersonChange } from "../../contract/person-change.ts";
import type { Directory } from "../../contract/ports.ts";
import { linesOfUsers } from "../../schema/audience-sql.ts";
import { directoryIn } from "../../schema/directory.ts";
import { newsOf } from "../../schema/lead-news.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { findChange, makeChange } from "../../schema/person-change.ts";
import { FakeDirectory } from "../kit/fake-directory.ts";
import { db } from "./setting.ts";

const NOW = 5_000;
const CHATS = ["a", "b", "c"];
const chat = fc.constantFrom(...CHATS);
const userId = fc.constantFrom("1", "2");

const user = fc.record({
  userId,
  firstName: fc.constantFrom("Анна", "Ольга"),
  lastName: fc.constant("Керн"),
  patronymic: fc.constant(""),
  role: fc.constantFrom("user", "editor"),
  active: fc.boolean(),
  phone: fc.constant(""),
  email: fc.constant(""),
  location: fc.constantFrom({}, { city: "Рига" }),
});

const change: fc.Arbitrary<PersonChange> = fc.oneof(
  ...(["connect", "unblock", "disconnect", "delete", "resume"] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), userId }),
  ),
  fc.record({ kind: fc.constant("block" as const), userId, reason: fc.constantFrom("", "Спам") }),
  fc.record({ kind: fc.constant("pause" as const), userId, until: fc.constantFrom(NOW, NOW + 1, FOREVER) }),
  fc.record({
    kind: fc.constant("update" as const),
    userId,
    fields: fc.record(
      {
        role: fc.constantFrom("user", "editor"),
        active: fc.boolean(),
        location: fc.constantFrom({ city: "Рига" }, { city: "Рига", region: "" }, { country: "LV" }),
      },
      { requiredKeys: [] },
    ),
  }),
);

const deed = fc.oneof(
  fc.record({ does: fc.constant("sign-in" as const), chat, user }),
  fc.record({ does: fc.constant("sign-out" as const), chat }),
  fc.record({
    does: fc.constant("status" as const),
    chat,
    status: fc.constantFrom("active" as const, "blocked" as const, "deleted" as const),
  }),
  fc.record({ does: fc.constant("change" as const), change }),
);

/** How a chat stands, of somebody who has several. */
const standing = fc.record({
  status: fc.constantFrom("active" as const, "blocked" as const, "deleted" as const),
  heardAt: fc.integer({ min: NOW + 1, max: NOW + 3 }),
  pausedUntil: fc.constantFrom(null, NOW, NOW + 1),
  withOperator: fc.boolean(),
});

type Standing = typeof standing extends fc.Arbitrary<infer Of> ? Of : never;

/** What communications may say of whom they tell. */
const TELLINGS = (["recent", "all"] as const).flatMap((leads) => [
  { leads, critical: true, evenWithOperator: false },
  { leads, critical: false, evenWithOperator: false },
  { leads, critical: false, evenWithOperator: true },
]);

type Telling = (typeof TELLINGS)[number];

/** What a directory of either kind is asked here. */
interface Side {
  readonly botId: string;
  readonly port: Directory;
  readonly leadIds: ReadonlyMap<string, number>;
  find(change: PersonChange): Promise<FoundChange | null>;
  /** Makes a change, and says what is to be learned of it. */
  make(change: PersonChange, found: FoundChange): Promise<readonly LeadNews[]>;
  /** Notes that a lead was active. */
  hear(leadId: number, at: number): Promise<void>;
  /** Ids of the leads of user 1 that a call tells. */
  told(telling: Telling): Promise<readonly number[]>;
}

type Deed = typeof deed extends fc.Arbitrary<infer Of> ? Of : never;

let bots = 0;

/** Both directories, with the same chats. */
async function bothSides(): Promise<readonly Side[]> {
  bots += 1;
  const botId = `fake-${bots}`;
  const real = directoryIn(db, () => NOW);
  const fake = new FakeDirectory();
  return [
    {
      botId,
      port: real,
      leadIds: await leadsIn(real, botId),
      find: (change) => findChange(db, botId, change, NOW),
      async make(change, found) {
        await makeChange(db, { botId, change, now: NOW });
        return newsOf(db, botId, { change, found });
      },
      hear: (leadId, at) => ledgerIn(db).touch([{ leadId, at }]),
      told: (telling) => toldInDatabase(botId, telling),
    },
    {
      botId,
      port: fake.port,
      leadIds: await leadsIn(fake.port, botId),
      find: async (change) => fake.findChange(change, NOW),
      make: async (change) => fake.makeChange(change),
      hear: async (leadId, at) => fake.hears(leadId, at),
      told: async (telling) => fake.leadsTold("1", telling, NOW).map(({ profile }) => profile.leadId),
    },
  ];
}

async function toldInDatabase(botId: string, { leads, ...telling }: Telling): Promise<readonly number[]> {
  const asked = linesOfUsers({ ...telling, botId, leadsTold: leads, now: NOW }, ["1"]);
  const lines = await db.all<{ readonly lead_id: number | null }>(asked);
  return lines.flatMap(({ lead_id }) => (lead_id === null ? [] : [lead_id]));
}

async function leadsIn(port: Directory, botId: string): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const externalId of CHATS) {
    const address = { botId, channel: "telegram", externalId } as const;
    const { leadId } = await port.lead(address, { externalId, firstName: "А" }, "ru");
    ids.set(externalId, leadId);
  }
  return ids;
}

/** Does something to one side; what came of it, without ids, since each side counts its own. */
async function doTo(side: Side, done: Deed): Promise<unknown> {
  if (done.does === "change") return changed(side, done.change);
  const leadId = side.leadIds.get(done.chat) ?? 0;
  if (done.does === "status") return side.port.setStatus(leadId, done.status);
  if (done.does === "sign-in") return withoutIds(await side.port.signIn(leadId, side.botId, done.user));
  return side.port.signOut(leadId, (await leadOf(side, done.chat))?.person?.personId ?? 0);
}

async function changed(side: Side, change: PersonChange): Promise<unknown> {
  const found = await side.find(change);
  if (!found) return null;
  const names = chatsOf(side, found.leadIds);
  const news = await side.make(change, found);
  return {
    found: { ...found, leadIds: names },
    news: news
      .map(({ address, ...learned }) => ({ chat: address.externalId, ...learned }))
      .toSorted((one, other) => one.chat.localeCompare(other.chat)),
  };
}

function chatsOf({ leadIds }: Side, ids: readonly number[]) {
  return ids.map((leadId) => [...leadIds].find(([, id]) => id === leadId)?.[0]);
}

/** Signs user 1 in, in each chat, and has each stand as it is said. */
async function place(side: Side, standings: readonly Standing[]): Promise<void> {
  const names = { firstName: "А", lastName: "", patronymic: "", phone: "", email: "", location: {} };
  const leadIds = [...side.leadIds.values()];
  for (const [at, { status, heardAt, ...traits }] of standings.entries()) {
    const leadId = leadIds[at] ?? 0;
    await side.port.signIn(leadId, side.botId, { userId: "1", role: "user", active: true, ...names });
    await side.port.setStatus(leadId, status);
    await side.port.setTraits(leadId, traits);
    await side.hear(leadId, heardAt);
  }
}

/** The chats in which a call tells user 1, however it tells. */
async function told(side: Side): Promise<unknown> {
  const asked = await Promise.all(TELLINGS.map((telling) => side.told(telling)));
  return asked.map((leadIds) => chatsOf(side, leadIds).toSorted());
}

const leadOf = ({ port, botId }: Side, externalId: string) =>
  port.findLead({ botId, channel: "telegram", externalId });

async function profiles(side: Side): Promise<unknown> {
  const leads = await Promise.all(CHATS.map((externalId) => leadOf(side, externalId)));
  return leads.map((lead) => lead && withoutIds(lead));
}

function withoutIds({ leadId: _, person, ...lead }: LeadProfile) {
  if (!person) return { ...lead, person };
  const { personId: __, ...who } = person;
  return { ...lead, person: who };
}

describe("the directory of the kit", () => {
  it("is one with that of the database, whatever people and calls do", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), async (deeds) => {
        const sides = await bothSides();

        for (const done of deeds) {
          const [real, fake] = await Promise.all(sides.map((side) => doTo(side, done)));
          expect(fake).toEqual(real);
          const [kept, faked] = await Promise.all(sides.map(profiles));
          expect(faked).toEqual(kept);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has a call told in the same chats of somebody who has several", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(standing, standing, standing), async (standings) => {
        const sides = await bothSides();
        for (const side of sides) await place(side, standings);

        const [real, fake] = await Promise.all(sides.map(told));

        expect(fake).toEqual(real);
      }),
      { numRuns: 60 },
    );
  });
});
