import { channelOf } from "../channels/channels.ts";
import { webhookSecret } from "../channels/telegram/webhook-secret.ts";
import { dialogsOfBot } from "../communications/bots.ts";
import type { BotProfile } from "../contract/bot.ts";
import type { DeliveryChunk, RecordMessage } from "../contract/delivery.ts";
import { type ChannelKind, type ChatAddress, conversationName } from "../contract/lead.ts";
import type { Bots, Channel, Directory, Ledger, Log, MainSystem, Records } from "../contract/ports.ts";
import { randomBase62 } from "../contract/random.ts";
import { unseal } from "../contract/seal.ts";
import type { BroadcastObject, BroadcastPorts } from "../durable-objects/broadcast/broadcast.ts";
import type { ConversationObject } from "../durable-objects/conversation/conversation.ts";
import type { TalkPorts } from "../durable-objects/conversation/ports.ts";
import { mainSystem } from "../main-system/main-system.ts";
import { botsIn } from "../schema/bot-settings.ts";
import { type Database, database } from "../schema/database.ts";
import { directoryIn } from "../schema/directory.ts";
import { ledgerIn } from "../schema/ledger.ts";
import { writeLog } from "./log.ts";

/** Most messages in one `sendBatch` (Cloudflare Queues). */
const QUEUE_BATCH = 100;
/** Letters of a run's id: unique within a conversation of at most some hundred runs. */
const RUN_ID_LENGTH = 8;

/** Everything the ways in reach, as ports: the one place where bindings become them. */
export interface House {
  readonly db: Database;
  readonly bots: Bots;
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly log: Log;
  readonly sealingKey: string;
  conversation(address: ChatAddress): DurableObjectStub<ConversationObject>;
  broadcast(callId: string): DurableObjectStub<BroadcastObject>;
  channel(bot: BotProfile, kind: ChannelKind): Promise<Channel>;
  system(bot: BotProfile): Promise<MainSystem>;
  webhookSecret(botId: string): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Turns the bindings into ports. */
export function houseFrom(env: Env): House {
  const db = database(env.DB);
  const now = () => Date.now();
  return {
    db,
    bots: botsIn(db),
    directory: directoryIn(db, now),
    ledger: ledgerIn(db),
    records: recordsOn(env.RECORDS),
    log: writeLog,
    sealingKey: env.SEALING_KEY,
    conversation: (address) => env.CONVERSATIONS.getByName(conversationName(address)),
    broadcast: (callId) => env.BROADCASTS.getByName(callId),
    channel: async ({ channelToken }, kind) =>
      channelOf(kind, {
        token: await unseal(channelToken, env.SEALING_KEY),
        telegramApiRoot: env.TELEGRAM_API_ROOT,
      }),
    system: async ({ systemUrl, systemToken }) =>
      mainSystem({ url: systemUrl, token: await unseal(systemToken, env.SEALING_KEY) }),
    webhookSecret: (botId) => webhookSecret(env.SEALING_KEY, botId),
    now,
  };
}

/** The world of a conversation. `clock` gives milliseconds since 1970. */
export function conversationPorts(env: Env, clock: () => number): TalkPorts {
  const { db, bots, records, log, channel, system } = houseFrom(env);
  return {
    bots,
    records,
    log,
    channel,
    system,
    directory: directoryIn(db, clock),
    dialogs: dialogsOfBot,
    now: clock,
    newRunId: () => randomBase62(RUN_ID_LENGTH),
  };
}

/** The world of a broadcast. */
export function broadcastPorts(env: Env): BroadcastPorts {
  const { ledger, log } = houseFrom(env);
  return { ledger, log, queue: (chunks: readonly DeliveryChunk[]) => sendAll(env.DELIVERIES, chunks) };
}

function recordsOn(queue: Queue): Records {
  return { send: (messages: readonly RecordMessage[]) => sendAll(queue, messages) };
}

async function sendAll(queue: Queue, bodies: readonly unknown[]): Promise<void> {
  for (let from = 0; from < bodies.length; from += QUEUE_BATCH) {
    await queue.sendBatch(bodies.slice(from, from + QUEUE_BATCH).map((body) => ({ body })));
  }
}
