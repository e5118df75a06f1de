import { z } from "zod";
import { BotProfile } from "../../contract/bot.ts";
import { CHANNELS, LeadProfile } from "../../contract/lead.ts";
import type { Sql } from "./sql.ts";

/** What a conversation knows by heart, so that a known lead's message needs no look-up. */
const SHAPES = {
  /** Which chat this is. */
  address: z.object({ botId: z.string(), channel: z.enum(CHANNELS), externalId: z.string() }),
  /** Who is spoken with. */
  lead: LeadProfile,
  /** The bot's settings, and when they were read. */
  bot: z.object({ profile: BotProfile, readAt: z.number() }),
  /** When the ledger was last told that the lead is active. */
  stampedAt: z.number(),
  /** How often in a row the next update could not be handled. */
  stalls: z.number(),
  /** Until when the messenger takes nothing for this chat; kept only where it said so. */
  heldUntil: z.number(),
  /** How many messages of calls they were told on a day; kept only where the bot's settings limit it. */
  told: z.object({ day: z.string(), count: z.number() }),
  /** Whether the person has blocked the bot, or was gone. */
  blocked: z.boolean(),
  /** Whether the account of whoever was signed in was deleted, and they don't know it yet. */
  farewell: z.boolean(),
  /** There while what was kept is being shown: when the next is to be, and how often it failed since when. */
  showing: z.object({ at: z.number(), tries: z.number(), since: z.number() }).nullable(),
} as const;

type Shapes = { [Name in keyof typeof SHAPES]: z.infer<(typeof SHAPES)[Name]> };

/** The small facts of one conversation: all are read at once, and then known by heart. */
export class Facts {
  readonly #sql: Sql;
  readonly #known = new Map<keyof Shapes, unknown>();
  /** As they were when the first was asked for; JSON texts by name. */
  #kept: ReadonlyMap<string, string> | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The fact, or `null` where it isn't known, or was kept in a shape that today's code does not read. */
  get<Name extends keyof Shapes>(name: Name): Shapes[Name] | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known as Shapes[Name] | null;
    const read = this.#read(name);
    this.#known.set(name, read);
    return read;
  }

  set<Name extends keyof Shapes>(name: Name, value: Shapes[Name]): void {
    this.#sql.exec("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, JSON.stringify(value));
    this.#known.set(name, value);
  }

  #read<Name extends keyof Shapes>(name: Name): Shapes[Name] | null {
    this.#kept ??= new Map(
      this.#sql
        .exec("SELECT name, value FROM facts")
        .map((row): [string, string] => [String(row.name), String(row.value)]),
    );
    const json = this.#kept.get(name);
    if (json === undefined) return null;
    const read = SHAPES[name].safeParse(JSON.parse(json));
    return read.success ? (read.data as Shapes[Name]) : null;
  }
}
