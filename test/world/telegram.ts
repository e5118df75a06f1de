import { z } from "zod";
import { demoBot } from "../../scripts/local/world.ts";
import { askJson, type JsonObject, jsonRequest } from "./json.ts";

/** A trouble that the emulator makes for the next calls of the Bot API. */
export interface Fault {
  readonly method?: string;
  readonly user?: number;
  /** 1 unless given; `null` is until the faults are removed. */
  readonly times?: number | null;
  readonly status?: number;
  readonly retry_after?: number;
  readonly description?: string;
  readonly delay_ms?: number;
  readonly drop?: "before" | "after";
  readonly body?: string;
}

const Stats = z.looseObject({
  calls: z.record(z.string(), z.number()),
  tooManyRequests: z.number(),
  limitsBroken: z.object({ bot: z.number(), chat: z.number() }),
  webhooks: z.object({ delivered: z.number(), failed: z.number() }),
});

const Bots = z.object({ bots: z.array(z.looseObject({ pending: z.number() })) });

/** What a test does to Telegram itself. */
export type Telegram = ReturnType<typeof telegramAt>;

/** The control side of the emulator at `url`. */
export function telegramAt(url: string) {
  const bot = demoBot.username;
  async function ask(path: string, init?: RequestInit): Promise<JsonObject> {
    const { status, body } = await askJson(`${url}/emulator${path}`, init);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
  return {
    url,
    bot,
    /** Asks the control side; anything but 200 is an error. */
    ask,
    /** Makes the next calls fail. */
    fault: (fault: Fault) => ask("/faults", jsonRequest("POST", fault)),
    /** Removes all faults. */
    well: () => ask("/faults", { method: "DELETE" }),
    /** Pushes a raw update `times` times under one id. */
    push: (update: object, times = 1) => ask("/updates", jsonRequest("POST", { bot, update, times })),
    stats: async () => Stats.parse(await ask("/stats")),
    /** Updates that the bot has not taken yet. */
    pending: async () => Bots.parse(await ask("/bots")).bots[0]?.pending ?? 0,
  };
}
