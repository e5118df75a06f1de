import { channelOf } from "../channels/channels.ts";
import { smsGatewayOf } from "../channels/sms/gateways.ts";
import { webhookSecret } from "../channels/telegram/webhook-secret.ts";
import { dialogsOfBot } from "../communications/bots.ts";
import type { BotProfile } from "../contract/bot.ts";
import type { DeadLetter } from "../contract/dead-letter.ts";
import type { RecordMessage } from "../contract/delivery.ts";
import { errorFacts } from "../contract/errors.ts";
import {
  CHANNELS,
  type ChannelKind,
  type ChatAddress,
  conversationName,
  type LeadProfile,
} from "../contract/lead.ts";
import type {
  Bots,
  Calls,
  Channel,
  Directory,
  Ledger,
  Log,
  MainSystem,
  Pace,
  Records,
  SmsGateway,
} from "../contract/ports.ts";
import { randomBase62 } from "../contract/random.ts";
import type { SystemUser } from "../contract/system.ts";
import { within } from "../contract/within.ts";
import type { BroadcastObject } from "../durable-objects/broadcast/broadcast.ts";
import type { BroadcastPorts } from "../durable-objects/broadcast/ports.ts";
import type { ConversationObject } from "../durable-objects/conversation/conversation.ts";
import type { TalkPorts } from "../durable-objects/conversation/ports.ts";
import type { PacerObject, PacerPorts } from "../durable-objects/pacer/pacer.ts";
import type { PinObject, PinPorts } from "../durable-objects/pin/pin.ts";
import { answerCache } from "../main-system/answer-cache.ts";
import { mainSystem } from "../main-system/main-system.ts";
import { botsIn } from "../schema/bot-settings.ts";
import { type Database, database } from "../schema/database.ts";
import { directoryIn } from "../schema/directory.ts";
import { ledgerIn } from "../schema/ledger.ts";
import { type DecidedFor, linkLead } from "../schema/sign-in.ts";
import { linksFrom } from "./links.ts";
import { writeLog } from "./log.ts";
import { type Count, countersIn } from "./metrics.ts";
import { QUEUES } from "./queues/names.ts";
import { sendAll } from "./queues/send-all.ts";
import { unsealed } from "./unsealed.ts";

/** Letters of a run's id: unique within a conversation of at most some hundred runs. */
const RUN_ID_LENGTH = 8;

/** What a pacer has to answer within: somebody waits for their message meanwhile. */
const PACER_MS = 2_000;

/** What main systems answered a moment ago: the steps of a fan-out may all ask for one thing (requirement 33). */
const answers = answerCache(() => Date.now());

/** Everything the ways in reach, as ports: the one place where bindings become them. */
export interface House {
  readonly db: Database;
  readonly bots: Bots;
  readonly directory: Directory;
  /** Links a lead with a user, as long as what was decided for is still so; else `null`, and nothing is done. */
  linkLead(leadId: number, botId: string, user: SystemUser, decided: DecidedFor): Promise<LeadProfile | null>;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly log: Log;
  readonly count: Count;
  readonly sealingKey: string;
  /** Puts dead letters by; they are in the database a moment later. */
  bury(letters: readonly DeadLetter[]): Promise<void>;
  /** Puts a message of a queue into it once more. False where there is no such queue. */
  requeue(queue: string, body: unknown): Promise<boolean>;
  conversation(address: ChatAddress): DurableObjectStub<ConversationObject>;
  broadcast(callId: string): DurableObjectStub<BroadcastObject>;
  pacer(botId: string, kind: ChannelKind): DurableObjectStub<PacerObject>;
  /** The object of a PIN, by its name. */
  pin(name: string): DurableObjectStub<PinObject>;
  channel(bot: BotProfile, kind: ChannelKind): Promise<Channel>;
  /** What brings codes to phones; `null` where the bot has nothing of the kind. @throws BrokenData where its credentials can't be read */
  sms(bot: BotProfile): Promise<SmsGateway | null>;
  /** Where a link into the messenger leads; its token follows. */
  startLink(bot: BotProfile, token: string): string;
  /** With `fresh`, past whatever is kept of its answers. */
  system(bot: BotProfile, fresh?: boolean): Promise<MainSystem>;
  webhookSecret(botId: string): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so long, in milliseconds. */
  pause(ms: number): Promise<void>;
}

/** Turns the bindings into ports. */
export function houseFrom(env: Env): House {
  const db = database(env.DB);
  const now = () => Date.now();
  return {
    db,
    bots: botsIn(db),
    directory: directoryIn(db, now),
    linkLead: (leadId, botId, user, decided) => linkLead(db, { leadId, botId, user, now: now() }, decided),
    ledger: ledgerIn(db),
    records: recordsOn(env.RECORDS),
    log: writeLog,
    count: countersIn("ANALYTICS" in env ? (env.ANALYTICS as AnalyticsEngineDataset) : undefined),
    bury: (letters) => sendAll(env.DEAD_LETTERS, letters),
    async requeue(queue, body) {
      const known = { [QUEUES.deliveries]: env.DELIVERIES, [QUEUES.records]: env.RECORDS }[queue];
      await known?.send(body);
      return known !== undefined;
    },
    sealingKey: env.SEALING_KEY,
    conversation: (address) => env.CONVERSATIONS.getByName(conversationName(address)),
    broadcast: (callId) => env.BROADCASTS.getByName(callId),
    pacer: (botId, kind) => env.PACERS.getByName(`${botId}/${kind}`),
    pin: (name) => env.PINS.getByName(name),
    sms: async ({ sms }) =>
      sms &&
      smsGatewayOf(sms.gateway, {
        credentials: sms.credentials && (await unsealed(sms.credentials, env.SEALING_KEY)),
        telegramApiRoot: env.TELEGRAM_API_ROOT,
      }),
    startLink: ({ username }, token) => `${env.TELEGRAM_LINK_ROOT}/${username}?start=${token}`,
    channel: async ({ channelToken, paidBroadcast }, kind) =>
      channelOf(kind, {
        token: await unsealed(channelToken, env.SEALING_KEY),
        telegramApiRoot: env.TELEGRAM_API_ROOT,
        paid: paidBroadcast,
      }),
    system: async ({ systemUrl, systemToken }, fresh = false) => {
      const token = await unsealed(systemToken, env.SEALING_KEY);
      return mainSystem({ url: systemUrl, token, cache: answers, fresh });
    },
    webhookSecret: (botId) => webhookSecret(env.SEALING_KEY, botId),
    now,
    pause: (ms) => scheduler.wait(ms),
  };
}

/**
 * The world of a conversation.
 * @param clock gives milliseconds since 1970
 * @param callsFrom how it makes calls: as the API does, which stands above this file
 */
export function conversationPorts(
  env: Env,
  clock: () => number,
  callsFrom: (house: House) => Calls,
): TalkPorts {
  const house = houseFrom(env);
  const { db, bots, records, log, channel, system, pacer } = house;
  return {
    calls: callsFrom(house),
    links: linksFrom({ ...house, now: clock }),
    bots,
    records,
    log,
    channel,
    system,
    pace: ({ botId, channel: kind }) => paceOf(botId, pacer(botId, kind), log),
    directory: directoryIn(db, clock),
    dialogs: dialogsOfBot,
    now: clock,
    newRunId: () => randomBase62(RUN_ID_LENGTH),
  };
}

/** The world of a broadcast. */
export function broadcastPorts(env: Env): BroadcastPorts {
  const { ledger, log, pacer } = houseFrom(env);
  return {
    ledger,
    log,
    queue: (chunks) => sendAll(env.DELIVERIES, chunks),
    takeSlots: (botId, kind, ask) => ofPacer(pacer(botId, kind).takeSlots(botId, ask)),
    noteQueueAge: async (botId, ms) => {
      await Promise.all(CHANNELS.map((kind) => ofPacer(pacer(botId, kind).noteQueueAge(ms))));
    },
  };
}

/** The world of a pacer. */
export function pacerPorts(env: Env): PacerPorts {
  const { bots } = houseFrom(env);
  return { ceiling: async (botId) => (await bots.find(botId))?.perSecond ?? null };
}

/** The world of a PIN. */
export function pinPorts(env: Env): PinPorts {
  return { key: env.SEALING_KEY };
}

/** A pacer that can't be reached holds nobody back: the messenger's own "slow down" is obeyed all the same. */
function paceOf(botId: string, pacer: DurableObjectStub<PacerObject>, log: Log): Pace {
  const failed = (error: unknown) => log("pacer-unreached", errorFacts(error));
  return {
    take: () =>
      ofPacer(pacer.takeOne(botId)).catch((error: unknown) => {
        failed(error);
        return 0;
      }),
    slowDown: (seconds) => ofPacer(pacer.slowDown(seconds)).catch(failed),
  };
}

/** A pacer's answer. It does nothing but to count: one that takes longer is gone. */
function ofPacer<T>(asked: Promise<T>): Promise<T> {
  return within(PACER_MS, "A pacer", asked);
}

function recordsOn(queue: Queue): Records {
  return { send: (messages: readonly RecordMessage[]) => sendAll(queue, messages) };
}
