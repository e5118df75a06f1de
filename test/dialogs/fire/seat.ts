import type { Delivery, Handed } from "../../../contract/delivery.ts";
import { StorageDown } from "../../../contract/errors.ts";
import type { Inbound } from "../../../contract/inbound.ts";
import { FOREVER, LeadProfile } from "../../../contract/lead.ts";
import type { LeadNews } from "../../../contract/person-change.ts";
import type { Watch } from "../../../durable-objects/conversation/handover.ts";
import { Talk } from "../../../durable-objects/conversation/talk.ts";
import { nodeSql } from "../../kit/node-sql.ts";
import type { Person } from "../../kit/person.ts";
import type { FireWorld } from "./fire-world.ts";
import { ProcessRows } from "./rows.ts";
import type { Ground } from "./scene.ts";
import { type Rest, type Sizes, stampsIn, type Traits } from "./trace.ts";

/** The alarm that is set for safety when an update is taken. */
const SAFETY_MS = 10_000;
/** When the platform rings an alarm again whose handler died. */
const AGAIN_MS = 2_000;

const TABLES = ["facts", "inbox", "runs", "deliveries", "reminders", "kept"];

const ADDRESS = { botId: "1", channel: "telegram", externalId: "1" } as const;

/** Where one conversation lives: its rows, its alarm, and the process that comes and goes. */
export class Seat {
  /** When its alarm rings; milliseconds since 1970. */
  wakesAt: number | null = null;
  readonly #world: FireWorld;
  readonly #person: Person;
  readonly #ground: Ground;
  readonly #sql = nodeSql();
  #process: { readonly talk: Talk; readonly rows: ProcessRows } | null = null;
  #shown = 0;
  #written = 0;

  constructor(world: FireWorld, person: Person, ground: Ground) {
    this.#world = world;
    this.#person = person;
    this.#ground = ground;
  }

  /** An update is stored. */
  takes(update: Inbound): void {
    this.#conversation().take(ADDRESS, update);
    this.wakesAt = Math.min(this.wakesAt ?? Number.POSITIVE_INFINITY, this.#world.clock.now() + SAFETY_MS);
  }

  /** Works off what is due, as its alarm has it. */
  async works(): Promise<void> {
    const before = this.wakesAt;
    this.wakesAt = null;
    const done = await this.#turn(async (talk) => {
      await talk.work();
      await talk.settled();
    });
    if (done !== "crashed") return this.#rests(true);
    this.wakesAt = Math.min(before ?? Number.POSITIVE_INFINITY, this.#world.clock.now() + AGAIN_MS);
  }

  /** Is handed a delivery. */
  async isHanded(delivery: Delivery, watch: Watch): Promise<Handed | "crashed"> {
    this.#ground.standing.wasLent(delivery.bot);
    const handed = await this.#turn((talk) => talk.begin(delivery, watch));
    if (handed === "crashed") return handed;
    // Whoever handed it over knows by now what came of it, and does not come again.
    this.#rests(false);
    if ((await this.#turn((talk) => talk.tell())) !== "crashed") this.#rests(false);
    return handed;
  }

  /** Takes over what a call changed; false where it could not. */
  async learns(news: LeadNews): Promise<boolean> {
    try {
      const done = await this.#turn((talk) => talk.learn(news));
      if (done === "crashed") return false;
    } catch (error) {
      if (error instanceof StorageDown) return false;
      throw error;
    }
    this.#rests(false);
    return true;
  }

  /** The process is gone; the next deed finds the rows. */
  isEvicted(): void {
    if (this.#process) this.#process.rows.isDead = true;
    this.#process = null;
    this.#ground.standing.forgets();
  }

  /** What it keeps. */
  get sizes(): Sizes {
    const tables = TABLES.map((table) => ({ table, rows: this.#sql.exec(`SELECT * FROM ${table}`) }));
    const values = tables.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)));
    return {
      rows: Object.fromEntries(tables.map(({ table, rows }) => [table, rows.length])),
      characters: values.reduce<number>((sum, value) => sum + String(value ?? "").length, 0),
    };
  }

  /** What is left to be done. */
  get rest(): Rest {
    const lead = this.#lead;
    const isSilent = lead !== null && (lead.withOperator || lead.pausedUntil === FOREVER);
    const critical = isSilent ? 1 : 0;
    return {
      unheard: this.#count("inbox WHERE body IS NOT NULL"),
      due: this.#count(`runs WHERE due_at IS NOT NULL AND max(critical, holds) >= ${critical}`),
      lost: this.#count("runs WHERE due_at IS NULL AND prompt IS NULL AND wake_at IS NULL"),
      kept: this.#count("kept"),
      isPlanned:
        this.#count(`runs WHERE wake_at IS NOT NULL AND critical >= ${critical}`) +
          this.#count(`reminders WHERE critical >= ${critical}`) >
        0,
      wakesAt: this.wakesAt,
    };
  }

  /** What is known here of the lead. */
  get traits(): Traits {
    return traitsOf(this.#lead);
  }

  get #lead(): LeadProfile | null {
    const row = this.#sql.exec("SELECT value FROM facts WHERE name = 'lead'")[0];
    return row ? LeadProfile.parse(JSON.parse(String(row.value))) : null;
  }

  #count(what: string): number {
    return Number(this.#sql.exec(`SELECT count(*) AS n FROM ${what}`)[0]?.n);
  }

  async #turn<T>(work: (talk: Talk) => Promise<T>): Promise<T | "crashed"> {
    const { crashes } = this.#world;
    const done = await Promise.race([work(this.#conversation()), crashes.crashed]);
    if (done === "crashed") {
      crashes.crashed = new Promise(() => {});
      this.isEvicted();
      this.#ground.trace.add({ kind: "dies" });
      this.#ground.standing.dies();
    }
    this.#see();
    return done;
  }

  /** Writes down what has come of the turn outside. */
  #see(): void {
    const { trace } = this.#ground;
    for (const { text } of this.#person.phone.shown.slice(this.#shown))
      trace.add({ kind: "shows", stamps: stampsIn(text), text: text.slice(0, 60) });
    for (const { text } of this.#world.system.comments.slice(this.#written))
      trace.add({ kind: "writes", stamp: text });
    this.#shown = this.#person.phone.shown.length;
    this.#written = this.#world.system.comments.length;
  }

  #rests(isWork: boolean): void {
    const due = this.#conversation().nextDue();
    this.wakesAt = due === null ? null : Math.max(due, this.#world.clock.now() + 1);
    this.#ground.trace.add({ kind: "rests", wakesAt: due, isWork });
  }

  #conversation(): Talk {
    if (!this.#process) {
      const rows = new ProcessRows(this.#sql);
      this.#process = { talk: new Talk(rows, this.#world.ports(this.#person)), rows };
    }
    return this.#process.talk;
  }
}

/** What a profile says of a lead. */
export function traitsOf(lead: LeadProfile | null | undefined): Traits {
  return {
    tags: [...(lead?.tags ?? [])].sort(),
    variables: Object.keys(lead?.variables ?? {}).sort(),
    isPausedForever: lead?.pausedUntil === FOREVER,
    withOperator: lead?.withOperator ?? false,
  };
}
