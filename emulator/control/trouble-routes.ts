import { Hono } from "hono";
import { z } from "zod";
import { botNamed } from "../acts/find.ts";
import type { Update } from "../store/pending-updates.ts";
import type { Limits } from "../traffic/send-limiter.ts";
import type { World } from "../world.ts";
import { bodyOf } from "./body.ts";

const FaultBody = z.strictObject({
  method: z.string().optional(),
  user: z.int().optional(),
  /** `null` is until removed. */
  times: z.int().min(1).nullable().default(1),
  status: z.int().min(200).max(599).optional(),
  retry_after: z.int().min(0).optional(),
  description: z.string().optional(),
  delay_ms: z.int().min(0).max(600_000).optional(),
  drop: z.enum(["before", "after"]).optional(),
  body: z.string().optional(),
});

const UpdateBody = z.strictObject({
  bot: z.string(),
  update: z.looseObject({ update_id: z.int().optional() }),
  times: z.int().min(1).max(1000).default(1),
});

const Rate = z.number().positive().nullable();
const LimitsBody = z.strictObject({
  perBot: Rate.optional(),
  perBotPaid: Rate.optional(),
  perChat: Rate.optional(),
  chatBurst: z.number().min(1).optional(),
});

/** What a test does to the world: faults, raw updates, limits, counts, and forgetting. */
export function troubleRoutes(world: World, initial: Limits): Hono {
  const app = new Hono();

  app.get("/faults", (c) => c.json({ faults: world.faults.list() }));
  app.post("/faults", async (c) => {
    world.faults.add(await bodyOf(c, FaultBody));
    return c.json({ faults: world.faults.list() });
  });
  app.delete("/faults", (c) => {
    world.faults.clear();
    return c.json({ faults: [] });
  });

  app.post("/updates", async (c) => {
    const { bot, update, times } = await bodyOf(c, UpdateBody);
    const { id } = botNamed(world, bot);
    // One id for all copies: that is what a duplicate is.
    const update_id = update.update_id ?? world.store.bots.nextUpdateId(id);
    const raw: Update = { ...update, update_id };
    for (let i = 0; i < times; i++) world.outbox.push(id, raw);
    return c.json({ update_id });
  });

  app.get("/limits", (c) => c.json(world.limiter.limits));
  app.put("/limits", async (c) => {
    const given = await bodyOf(c, LimitsBody);
    world.limiter.limits = { ...world.limiter.limits, ...given } as Limits;
    world.limiter.reset();
    return c.json(world.limiter.limits);
  });

  app.get("/stats", (c) => c.json(world.stats.report()));
  app.delete("/stats", (c) => {
    world.stats.clear();
    return c.json(world.stats.report());
  });

  app.delete("/", (c) => {
    forget(world, initial);
    return c.json({ forgotten: true });
  });
  return app;
}

/**
 * Forgets people, chats, updates, texts, faults and counts; limits are again those of the start. The bots stay with
 * their webhooks, commands and menu buttons, for a Worker sets these once when it starts.
 */
function forget(world: World, initial: Limits): void {
  for (const bot of world.store.bots.all()) world.outbox.drop(bot.id);
  world.store.forget();
  world.faults.clear();
  world.limiter.limits = initial;
  world.limiter.reset();
  world.stats.clear();
  world.phones.publishToAll({ type: "reset" });
}
