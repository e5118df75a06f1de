import { Hono } from "hono";
import { z } from "zod";
import { setBlocked } from "../acts/block.ts";
import { botNamed, personOf } from "../acts/find.ts";
import { newInitData, tapMenu } from "../acts/mini-app.ts";
import { tap } from "../acts/tap.ts";
import { write } from "../acts/write.ts";
import { present } from "../present.ts";
import type { World } from "../world.ts";
import { bodyOf, Phone, userId, Wait } from "./body.ts";
import { MessageBody, writingOf } from "./message-body.ts";

const PersonBody = z.strictObject({
  first_name: z.string().min(1).max(64),
  last_name: z.string().max(64).optional(),
  username: z
    .string()
    .regex(/^\w{3,32}$/)
    .optional(),
  language_code: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)
    .optional(),
  phone_number: Phone.optional(),
});

const TapBody = z.strictObject({
  bot: z.string(),
  /** Without it, the newest message that has the button. */
  message_id: z.int().optional(),
  button: z.string().min(1),
  /** Waits so long for the bot's answer to the tap, ms. */
  wait: Wait,
});

const BotBody = z.strictObject({ bot: z.string() });

/** What people do: `/emulator/users…`. */
export function peopleRoutes(world: World): Hono {
  const app = new Hono();

  app.get("/users", (c) => c.json({ users: world.store.people.all() }));

  app.put("/users/:id", async (c) => {
    const person = present({ id: userId(c), ...(await bodyOf(c, PersonBody)) });
    world.store.people.put(person);
    return c.json({ user: person });
  });

  app.post("/users/:id/messages", async (c) => {
    const { bot, ...body } = await bodyOf(c, MessageBody);
    const person = personOf(world, userId(c));
    return c.json({ message: write(world, person, botNamed(world, bot), writingOf(body, person)) });
  });

  app.post("/users/:id/taps", async (c) => {
    const { bot, message_id, button, wait } = await bodyOf(c, TapBody);
    const person = personOf(world, userId(c));
    const tapped = tap(world, person, botNamed(world, bot), button, message_id);
    if (!("callback_query_id" in tapped)) return c.json(tapped);

    const answer = () => world.store.callbacks.find(tapped.callback_query_id)?.answer ?? null;
    const gone = AbortSignal.any([world.closing, c.req.raw.signal]);
    await world.phones.until(person.id, wait, () => answer() !== null, gone);
    return c.json({ ...tapped, answer: answer() });
  });

  app.post("/users/:id/menu", async (c) => {
    const { bot } = await bodyOf(c, BotBody);
    return c.json(tapMenu(world, personOf(world, userId(c)), botNamed(world, bot)));
  });

  app.post("/users/:id/init-data", async (c) => {
    const { bot } = await bodyOf(c, BotBody);
    return c.json({ initData: newInitData(world, personOf(world, userId(c)), botNamed(world, bot)) });
  });

  for (const [path, blocked] of [
    ["block", true],
    ["unblock", false],
  ] as const) {
    app.post(`/users/:id/${path}`, async (c) => {
      const { bot } = await bodyOf(c, BotBody);
      setBlocked(world, personOf(world, userId(c)), botNamed(world, bot), blocked);
      return c.json({ blocked });
    });
  }
  return app;
}
