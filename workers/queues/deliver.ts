import type { BotProfile } from "../../contract/bot.ts";
import type { AcceptedCall } from "../../contract/call.ts";
import { type Candidate, DeliveryChunk, type Handed, type Outcome } from "../../contract/delivery.ts";
import { errorFacts } from "../../contract/errors.ts";
import { within } from "../../contract/within.ts";
import { quietUntil } from "../../dialogs/time.ts";
import type { House } from "../house.ts";
import { buryFailed, notUnderstood } from "./bury.ts";
import { QUEUES } from "./names.ts";

/** A conversation that could not be reached is tried again after this. */
const UNREACHED_MS = 5_000;

/** A conversation answers within a few seconds, whatever its messenger does: one that takes longer is gone. */
const LONGEST_MS = 20_000;

/** Of a conversation that could not be reached nobody knows whether something of the message has left. */
const UNREACHED = "conversation-unreached";
/** Of somebody who is let sleep. */
const QUIET = "quiet-hours";
/** Reasons that are nobody's own: where all of a chunk have them, the next would fare the same. */
const OUT_OF_ORDER = ["channel-down", "system-unavailable"];

/** What came of one recipient. */
interface Result {
  readonly candidate: Candidate;
  readonly handed: Handed;
}

/** A chunk with all that is needed to hand it over. */
interface Job {
  readonly chunk: DeliveryChunk;
  readonly call: AcceptedCall;
  readonly bot: BotProfile;
}

/**
 * Hands each recipient's conversation its delivery, writes down what came of it, and reports to the broadcast whom it
 * has to try again. One recipient that fails holds up nobody, one message of the queue that fails no other.
 */
export async function deliver(batch: MessageBatch, house: House): Promise<void> {
  const look = lookUps(house);
  await Promise.all(batch.messages.map((message) => settle(message, house, look)));
}

async function settle(message: Message, house: House, look: LookUps): Promise<void> {
  try {
    const chunk = DeliveryChunk.safeParse(message.body);
    if (!chunk.success) {
      await house.bury([notUnderstood(QUEUES.deliveries, message.body)]);
      return message.ack();
    }
    const [call, bot] = await Promise.all([look.call(chunk.data.callId), look.bot(chunk.data.botId)]);
    if (!call || !bot) house.log("chunk-dropped", { callId: chunk.data.callId });
    else await handOver({ chunk: chunk.data, call, bot }, message.timestamp.getTime(), house);
    message.ack();
  } catch (error) {
    house.log("chunk-failed", { attempts: message.attempts, ...errorFacts(error) });
    message.retry();
  }
}

async function handOver(job: Job, queuedAt: number, house: House): Promise<void> {
  const { callId, botId, chunk, recipients } = job.chunk;
  const queueAgeMs = Math.max(0, house.now() - queuedAt);
  const quietEnd = quietEndOf(job, house.now());
  const results =
    quietEnd === null
      ? await Promise.all(recipients.map((candidate) => hand(job, candidate, house)))
      : recipients.map((candidate) => putOff(candidate, quietEnd));
  const at = house.now();
  const lines = results.map(({ candidate, handed }) => ({
    callId,
    seq: candidate.seq,
    outcome: handed.outcome,
    at,
  }));
  await house.ledger.record(lines);
  await buryFailed(botId, lines, house);
  house.count(
    "delivery",
    botId,
    lines.map(({ outcome }) => outcome.state),
  );
  const again = results.flatMap(({ candidate, handed: { again: at, isFailure = false, outcome } }) =>
    at === undefined ? [] : [{ candidate, at, isFailure, isKnown: isKnown(candidate, outcome) }],
  );
  const isDown = results.every(({ handed }) => OUT_OF_ORDER.includes(handed.outcome.reason ?? ""));
  await house.broadcast(callId).report({ chunk, again, isDown, quietUntil: quietEnd, queueAgeMs });
}

/**
 * When the quiet hours end that keep a chunk from being told; `null` where it may be. What is critical goes through
 * them, and so does a question after those who may have been told.
 */
function quietEndOf({ chunk, call, bot }: Job, now: number): number | null {
  const isQuestion = chunk.until < now;
  return call.critical || isQuestion ? null : quietUntil(bot.quietHours, now, bot.timeZone);
}

/** Puts somebody off until then. That is no attempt: what they are tried for begins anew. */
function putOff(candidate: Candidate, again: number): Result {
  return {
    candidate: { ...candidate, since: 0 },
    handed: { outcome: { state: "deferred", reason: QUIET }, again },
  };
}

/** Whether it is known that nothing has left: one who was tried before may have it, and was not asked after in quiet hours. */
function isKnown({ attempt }: Candidate, { reason }: Outcome): boolean {
  return reason !== UNREACHED && !(reason === QUIET && attempt > 0);
}

async function hand({ chunk, call, bot }: Job, candidate: Candidate, house: House): Promise<Result> {
  const { callId, until } = chunk;
  const { seq, userId, channel, externalId, lead, attempt, since } = candidate;
  const address = { botId: bot.botId, channel, externalId };
  const { alias, data, critical, expiresAt } = call;
  try {
    const delivery = {
      callId,
      seq,
      address,
      userId,
      alias,
      data,
      critical,
      until,
      expiresAt,
      attempt,
      since,
      lead,
      bot,
    };
    const handed = await within(LONGEST_MS, "A conversation", house.conversation(address).begin(delivery));
    return { candidate, handed };
  } catch (error) {
    house.log("delivery-not-handed-over", { callId, seq, leadId: lead.leadId, ...errorFacts(error) });
    const again = house.now() + UNREACHED_MS;
    return {
      candidate,
      handed: { outcome: { state: "deferred", reason: UNREACHED }, again, isFailure: true },
    };
  }
}

/** What a batch asks the database for, each once. */
interface LookUps {
  call(callId: string): Promise<AcceptedCall | null>;
  bot(botId: string): Promise<BotProfile | null>;
}

function lookUps({ ledger, bots }: House): LookUps {
  return { call: remembered((callId) => ledger.call(callId)), bot: remembered((botId) => bots.find(botId)) };
}

function remembered<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (name) => {
    const known = asked.get(name) ?? ask(name);
    asked.set(name, known);
    return known;
  };
}
