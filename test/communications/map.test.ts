import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { mapsOfBot } from "../../communications/bots.ts";
import { mapDocument } from "../../communications/map/document.ts";
import { documentsOfBot } from "../../communications/map/documents-of-bot.ts";
import { type CommunicationMap, communicationsOf } from "../../communications/registry.ts";
import { communication, occasion, reminder } from "../../dialogs/communication.ts";
import { gap } from "../../dialogs/map-row.ts";
import { users } from "../../dialogs/recipients.ts";

const root = join(import.meta.dirname, "..", "..");

const row = (alias: string, section: string, isInternal = false) =>
  communication({
    alias,
    isInternal,
    summary: "Says something",
    map: { section, event: `Event of ${alias}`, communication: `${alias} is told`, description: "Details" },
    example: {},
    params: z.strictObject({}),
    data: z.object({}),
    audience: () => users(["127"]),
    prepare: async () => ({}),
    steps: { start: async (chat) => chat.say("Hello") },
  });

const dialog = { data: z.object({}), initial: {}, steps: { start: async () => {} } };

const mapOf = (rows: CommunicationMap["rows"], rest: Partial<CommunicationMap> = {}): CommunicationMap => ({
  title: "The cart",
  rows,
  commands: [],
  occasions: [],
  reminders: [],
  ...rest,
});

/** What answers the rows of bot 1's maps. */
const answering = () =>
  documentsOfBot("1").flatMap(({ sections }) =>
    sections.flatMap(({ rows }) => rows.flatMap(({ communication: said }) => said ?? [])),
  );

describe("the document of a map", () => {
  it("has its sections in their order, and counts the rows through the whole map", () => {
    const { title, sections } = mapDocument(
      "shop",
      mapOf([
        row("cart/abandoned", "I. Cart"),
        row("cart/emptied", "I. Cart"),
        row("order/status", "II. Order"),
      ]),
    );

    expect(title).toBe("The cart");
    expect(sections.map((section) => [section.title, section.rows.map(({ number }) => number)])).toEqual([
      ["I. Cart", [1, 2]],
      ["II. Order", [3]],
    ]);
  });

  it("says of a row what happened, who is told what, the details, its endpoint and its file", () => {
    const { sections } = mapDocument("shop", mapOf([row("cart/abandoned", "I. Cart")]));

    expect(sections[0]?.rows[0]).toEqual({
      number: 1,
      event: "Event of cart/abandoned",
      communication: {
        says: "cart/abandoned is told",
        alias: "cart/abandoned",
        isInternal: false,
        tag: "cart",
        operationId: "cartAbandoned",
        file: "communications/shop/cart-abandoned.ts",
      },
      description: "Details",
    });
  });

  it("says of a row whether the house alone starts it", () => {
    const { sections } = mapDocument("shop", mapOf([row("cart/taken", "I. Cart", true)]));

    expect(sections[0]?.rows[0]?.communication).toMatchObject({ alias: "cart/taken", isInternal: true });
  });

  it("shows an event that no communication answers as a gap, with a number of its own", () => {
    const lost = gap({ section: "I. Cart", event: "The cart is lost", description: "Nobody knows of it" });
    const { sections } = mapDocument("shop", mapOf([lost, row("cart/abandoned", "I. Cart")]));

    expect(sections[0]?.rows[0]).toEqual({
      number: 1,
      event: "The cart is lost",
      communication: null,
      description: "Nobody knows of it",
    });
    expect(sections[0]?.rows[1]?.number).toBe(2);
  });

  it("is not made of a map that comes back to a section, and says where", () => {
    const rows = [
      row("a", "I. Cart"),
      row("b", "II. Order"),
      gap({ section: "I. Cart", event: "", description: "" }),
    ];

    expect(() => mapDocument("shop", mapOf(rows))).toThrow(
      'The map "The cart" comes back to its section "I. Cart" at row 3',
    );
  });

  it("names the dialogs that start by themselves, and when they do", () => {
    const { selfStarted } = mapDocument(
      "shop",
      mapOf([], {
        occasions: [occasion({ ...dialog, on: "unmatched" })],
        reminders: [reminder({ ...dialog, name: "cart/reminder" })],
      }),
    );

    expect(selfStarted).toEqual([
      { name: "unmatched", when: "Nothing waits for what somebody wrote" },
      { name: "cart/reminder", when: "Another dialog plans it, or starts it" },
    ]);
  });
});

describe("the maps there are", () => {
  it("have a file for each row that is called like its endpoint, so that it is found by the name", () => {
    const missing = answering().filter(({ file }) => !existsSync(join(root, file)));

    expect(missing).toEqual([]);
  });

  it("show every communication of the bot once, in its order", () => {
    const shown = answering().map(({ alias }) => alias);

    expect(shown).toContain("post/new");
    expect(shown).toEqual(
      mapsOfBot("1")
        .flatMap(communicationsOf)
        .map(({ alias }) => alias),
    );
  });

  it("say of what the site has done that the house alone starts it", () => {
    const internal = answering().filter(({ isInternal }) => isInternal);

    expect(internal.map(({ alias }) => alias)).toEqual([
      "account/linked",
      "account/another-chat",
      "account/site-entered",
      "account/pin-over",
    ]);
  });
});
