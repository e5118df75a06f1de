import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { botNamed, personOf } from "../acts/find.ts";
import { commandsFor } from "../bot-api/commands.ts";
import { menuButtonFor } from "../bot-api/menu-button.ts";
import type { PhoneEvent } from "../phone-line.ts";
import type { World } from "../world.ts";
import { checked, userId, Wait } from "./body.ts";

const ChatQuery = z.object({
  bot: z.string(),
  /** Messages with a greater id. */
  after: z.coerce.number().int().min(0).optional(),
  /** Messages written or edited after that revision of the chat. */
  since: z.coerce.number().int().min(0).optional(),
  /** Waits so long for the first of them, ms. */
  wait: Wait,
});

/** A sign of life on a quiet line, so that a dead one is noticed, ms. */
const HEARTBEAT = 15_000;

/** What a phone shows: the chat, the bot's commands, and a line that tells of news. */
export function chatRoutes(world: World): Hono {
  const app = new Hono();

  app.get("/users/:id/chat", async (c) => {
    const query = checked(ChatQuery, c.req.query());
    const person = personOf(world, userId(c));
    const bot = botNamed(world, query.bot);
    const key = { bot: bot.id, user: person.id };
    const state = () => world.store.chats.state(key) ?? { blocked: false, revision: 0, keyboard: null };

    const begin = query.since ?? (query.after === undefined ? 0 : state().revision);
    const after = query.after ?? (query.since === undefined ? 0 : Number.MAX_SAFE_INTEGER);
    const found = () => world.store.chats.messages(key, { after, since: begin });
    const gone = AbortSignal.any([world.closing, c.req.raw.signal]);
    await world.phones.until(person.id, query.wait, () => found().length > 0, gone);
    return c.json({ messages: found(), opened: world.store.chats.state(key) !== null, ...state() });
  });

  app.get("/users/:id/commands", (c) => {
    const person = personOf(world, userId(c));
    const bot = botNamed(world, checked(z.object({ bot: z.string() }), c.req.query()).bot);
    const menu = menuButtonFor(bot, person);
    const app = menu.type === "web_app" ? { app: menu.text } : {};
    return c.json({ commands: commandsFor(bot, person), ...app });
  });

  app.get("/users/:id/sms", (c) => {
    const { phone_number } = personOf(world, userId(c));
    return c.json({ sms: phone_number === undefined ? [] : world.store.sms.of(phone_number) });
  });

  app.get("/users/:id/events", (c) => {
    const { id } = personOf(world, userId(c));
    return streamSSE(c, async (stream) => {
      const send = (event: PhoneEvent) => void stream.writeSSE({ data: JSON.stringify(event) });
      const stop = world.phones.listen(id, send);
      const beat = setInterval(() => void stream.write(": \n\n"), HEARTBEAT);
      await stream.write(": \n\n");
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        world.closing.addEventListener("abort", () => resolve(), { once: true });
      });
      clearInterval(beat);
      stop();
    });
  });
  return app;
}
