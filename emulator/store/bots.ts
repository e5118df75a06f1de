import type { DatabaseSync } from "node:sqlite";
import type { BotCommand, MenuButton, User } from "grammy/types";
import type { BotOptions } from "../options.ts";

/** Where a bot's updates go. */
export interface Webhook {
  readonly url: string;
  readonly secret_token?: string | undefined;
  readonly max_connections: number;
  readonly last_error_date?: number | undefined;
  readonly last_error_message?: string | undefined;
}

/** A bot with its settings. */
export interface Bot extends BotOptions {
  readonly webhook: Webhook | null;
  /** Kept apart from the webhook: Telegram remembers them through `deleteWebhook`. */
  readonly allowed_updates: readonly string[] | null;
  /** Commands by scope and language (see `commandsKey`). */
  readonly commands: Readonly<Record<string, BotCommand[]>>;
  /** Menu buttons by chat id, `default` for all others. */
  readonly menu_buttons: Readonly<Record<string, MenuButton>>;
}

/** The bots of the local world. */
export type Bots = ReturnType<typeof botsIn>;

type Row = {
  id: number;
  token: string;
  username: string;
  first_name: string;
  webhook: string | null;
} & Record<"commands" | "menu_buttons", string>;

/** Bots kept in `db`; those given are made or renamed, their settings stay. */
export function botsIn(db: DatabaseSync, given: readonly BotOptions[]) {
  const make = db.prepare(
    `INSERT INTO bots (id, token, username, first_name) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT DO UPDATE SET token = ?2, username = ?3, first_name = ?4`,
  );
  for (const bot of given) make.run(bot.id, bot.token, bot.username, bot.first_name);

  const known = new Map(db.prepare("SELECT * FROM bots ORDER BY id").all().map(readBot));
  const save = db.prepare("UPDATE bots SET webhook = ?, commands = ?, menu_buttons = ? WHERE id = ?");
  const nextUpdate = db.prepare(
    "UPDATE bots SET last_update_id = last_update_id + 1 WHERE id = ? RETURNING last_update_id AS next",
  );
  const nextMessage = db.prepare(
    "UPDATE bots SET last_message_id = last_message_id + 1 WHERE id = ? RETURNING last_message_id AS next",
  );

  return {
    byToken: (token: string): Bot | null => [...known.values()].find((bot) => bot.token === token) ?? null,
    byId: (id: number): Bot | null => known.get(id) ?? null,
    /** By name, with or without `@`, in any case. */
    byUsername(name: string): Bot | null {
      const wanted = name.replace(/^@/, "").toLowerCase();
      return [...known.values()].find((bot) => bot.username.toLowerCase() === wanted) ?? null;
    },
    all: (): Bot[] => [...known.values()],
    /** Changes a bot's settings and gives the bot as it is now. */
    change(id: number, settings: Partial<Omit<Bot, keyof BotOptions>>): void {
      const bot = known.get(id);
      if (!bot) return;
      const changed = { ...bot, ...settings };
      known.set(id, changed);
      const webhook = JSON.stringify({ webhook: changed.webhook, allowed_updates: changed.allowed_updates });
      save.run(webhook, JSON.stringify(changed.commands), JSON.stringify(changed.menu_buttons), id);
    },
    nextUpdateId: (id: number): number => numberIn(nextUpdate.get(id)),
    /** Message ids of private chats count per bot, as in Telegram. */
    nextMessageId: (id: number): number => numberIn(nextMessage.get(id)),
  };
}

/** The bot as `User`. */
export function botUser(bot: BotOptions): User {
  return { id: bot.id, is_bot: true, first_name: bot.first_name, username: bot.username };
}

function readBot(raw: unknown): [number, Bot] {
  const row = raw as Row;
  const updates = row.webhook === null ? { webhook: null, allowed_updates: null } : JSON.parse(row.webhook);
  const { id, token, username, first_name } = row;
  const settings = { commands: JSON.parse(row.commands), menu_buttons: JSON.parse(row.menu_buttons) };
  return [id, { id, token, username, first_name, ...updates, ...settings }];
}

function numberIn(row: unknown): number {
  return (row as { next: number }).next;
}
