import {
  ChannelBlocked,
  ChannelBusy,
  ChannelDown,
  ChannelRefused,
  ChannelUncertain,
  PictureRefused,
} from "../../../contract/channel-errors.ts";
import { StorageDown, SystemRefused, SystemUnavailable, Unanswered } from "../../../contract/errors.ts";
import type { Calls, Channel } from "../../../contract/ports.ts";
import type { TalkPorts } from "../../../durable-objects/conversation/ports.ts";
import type { Person } from "../../kit/person.ts";
import { World } from "../../kit/world.ts";
import { botOn } from "./bot/bot.ts";
import type { Ground } from "./scene.ts";
import { stampsIn } from "./trace.ts";

/** What may go wrong with the next message. "lost": no answer came, and nothing arrived; "unanswered": it did arrive. */
export const CHANNEL_FAULTS = [
  "busy",
  "down",
  "lost",
  "unanswered",
  "blocked",
  "refused",
  "no picture",
] as const;

/** What may go wrong with the next message. */
export type ChannelFault = (typeof CHANNEL_FAULTS)[number];

/** What else may fail, so many times in a row. */
export const FRAGILE = [
  "silent system",
  "unanswering system",
  "refusing system",
  "database",
  "ledger",
  "dialog",
] as const;

/** What else may fail. */
export type Fragile = (typeof FRAGILE)[number];

/** What may be out of order until it is repaired. */
export type Outage = "channel" | "system";

/** Whoever waits for it gives up after a day; and each try costs time. */
const LONGEST_OUTAGE_MS = 30 * 60 * 60 * 1000;

/** A call that a dialog makes. */
export type OwnCall = Parameters<Calls["start"]>[0];

/** A world in which anything may fail, and that has all that leaves a conversation written down. */
export class FireWorld extends World {
  /** What fails next. */
  readonly faults = {
    channel: [] as ChannelFault[],
    left: new Map<Fragile, number>(),
    /** What is out of order, and until when at the latest; milliseconds since 1970. */
    outages: new Map<Outage, number>(),
  };
  /** What happens while the next message is on its way. */
  meanwhile: (() => void)[] = [];
  /** Takes the calls that dialogs make. */
  called: (call: OwnCall) => void = () => {};
  readonly #ground: Ground;

  constructor(ground: Ground) {
    super(botOn(ground));
    this.#ground = ground;
  }

  /** From now on nothing fails. */
  calms(): void {
    this.faults.channel.length = 0;
    this.faults.left.clear();
    this.faults.outages.clear();
    this.meanwhile = [];
    this.crashes.cancel();
  }

  /** Something is out of order until it is repaired. */
  breaksDown(what: Outage): void {
    this.faults.outages.set(what, this.clock.now() + LONGEST_OUTAGE_MS);
  }

  #isOut(what: Outage): boolean {
    return this.clock.now() < (this.faults.outages.get(what) ?? 0);
  }

  /** Whether this fails now; each time that it does is counted. */
  fails(what: Fragile): boolean {
    const left = this.faults.left.get(what) ?? 0;
    this.faults.left.set(what, Math.max(0, left - 1));
    return left > 0;
  }

  override ports(person: Person): TalkPorts {
    const ports = super.ports(person);
    const { standing } = this.#ground;
    const start = async (call: OwnCall) => {
      this.called(call);
      return null;
    };
    return {
      ...ports,
      directory: gated(ports.directory, () =>
        this.fails("database") ? new StorageDown("out of reach") : null,
      ),
      records: gated(ports.records, () => (this.fails("ledger") ? new Unanswered("out of reach") : null)),
      calls: { find: (callId) => ports.calls.find(callId), start: this.crashes.around({ start }, {}).start },
      bots: {
        find: async (botId) => {
          const bot = await ports.bots.find(botId);
          standing.hasRead(bot);
          return bot;
        },
      },
      channel: async (bot, kind) => this.#watched(await ports.channel(bot, kind)),
      system: async (bot) => this.#answering(gated(await ports.system(bot), () => this.#systemFault())),
    };
  }

  /** The main system, of which an answer may be lost on its way though it has done what it was asked for. */
  #answering<Port extends object>(system: Port): Port {
    return after(system, () =>
      this.fails("unanswering system") ? new SystemUnavailable("no answer") : null,
    );
  }

  #systemFault(): Error | null {
    if (this.#isOut("system") || this.fails("silent system")) return new SystemUnavailable("silent");
    return this.fails("refusing system") ? new SystemRefused("no", 422) : null;
  }

  /** A channel of which it is written down what leaves through it, and what comes of that. */
  #watched(channel: Channel): Channel {
    const { trace, standing } = this.#ground;
    return {
      ...channel,
      chatLimit: channel.chatLimit,
      pieces: (message) => channel.pieces(message),
      answerTap: (tapId, note) => channel.answerTap(tapId, note),
      send: async (externalId, piece) => {
        const stamps = stampsIn(piece.html);
        trace.add({ kind: "leaves", stamps, silence: standing.silence });
        for (const act of this.meanwhile.splice(0)) act();
        try {
          const sent = await this.#send(channel, externalId, piece);
          trace.add({ kind: "came", stamps, result: "sent" });
          return sent;
        } catch (error) {
          trace.add({ kind: "came", stamps, result: resultOf(error) });
          throw error;
        }
      },
    };
  }

  async #send(channel: Channel, ...[externalId, piece]: Parameters<Channel["send"]>) {
    if (this.#isOut("channel")) throw new ChannelDown("out of order");
    const fault =
      piece.picture || piece.attachment || this.faults.channel[0] !== "no picture"
        ? this.faults.channel.shift()
        : undefined;
    if (fault && fault !== "unanswered") throw errorOf(fault);
    const sent = await channel.send(externalId, piece);
    if (fault) throw errorOf(fault);
    return sent;
  }
}

function errorOf(fault: ChannelFault): Error {
  switch (fault) {
    case "busy":
      return new ChannelBusy(20);
    case "down":
      return new ChannelDown("down");
    case "lost":
    case "unanswered":
      return new ChannelUncertain("no answer");
    case "blocked":
      return new ChannelBlocked("blocked");
    case "refused":
      return new ChannelRefused("refused");
    case "no picture":
      return new PictureRefused("no such picture");
  }
}

function resultOf(error: unknown): "uncertain" | "not" | "never" {
  if (error instanceof ChannelUncertain) return "uncertain";
  return error instanceof ChannelBlocked || error instanceof ChannelRefused ? "never" : "not";
}

/** A port whose functions fail where `fault` says so, after they have done what they do. */
function after<Port extends object>(port: Port, fault: () => Error | null): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return async (...values: unknown[]) => {
        const result: unknown = await Reflect.apply(member, target, values);
        const error = fault();
        if (error) throw error;
        return result;
      };
    },
  });
}

/** A port whose functions fail where `fault` says so, before they do anything. */
function gated<Port extends object>(port: Port, fault: () => Error | null): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return async (...values: unknown[]) => {
        const error = fault();
        if (error) throw error;
        return Reflect.apply(member, target, values);
      };
    },
  });
}
