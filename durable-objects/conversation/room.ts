import { ChatPace } from "./chat-pace.ts";
import { Deliveries } from "./deliveries.ts";
import { Facts } from "./facts.ts";
import { Inbox } from "./inbox.ts";
import { Kept } from "./kept.ts";
import { Line } from "./line.ts";
import { Memory } from "./memory.ts";
import type { TalkPorts } from "./ports.ts";
import { Reminders } from "./reminders.ts";
import { Runs } from "./runs.ts";
import type { Sql } from "./sql.ts";

/** What the parts of one conversation share: its tables, and what it reaches. */
export interface Room {
  readonly sql: Sql;
  readonly ports: TalkPorts;
  readonly facts: Facts;
  readonly inbox: Inbox;
  readonly runs: Runs;
  readonly deliveries: Deliveries;
  readonly reminders: Reminders;
  readonly kept: Kept;
  readonly memory: Memory;
  readonly chatPace: ChatPace;
  readonly line: Line;
}

/** Puts the parts of one conversation together. */
export function roomOf(sql: Sql, given: TalkPorts): Room {
  const facts = new Facts(sql);
  const ports: TalkPorts = { ...given, log: (event, more) => given.log(event, { ...memory.ids(), ...more }) };
  const memory = new Memory(facts, ports);
  return {
    sql,
    ports,
    facts,
    inbox: new Inbox(sql),
    runs: new Runs(sql),
    deliveries: new Deliveries(sql),
    reminders: new Reminders(sql),
    kept: new Kept(sql),
    memory,
    chatPace: new ChatPace(),
    line: new Line(),
  };
}
